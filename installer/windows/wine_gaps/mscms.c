/* Stands in for mscms.dll, of which Wine 8 has only a part: no screen has a colour profile.
   Lies in the prefix that proves the program and is never shipped. */
#include <windows.h>

__declspec(dllexport) HANDLE WINAPI OpenColorProfileW(void *profile, DWORD access, DWORD share, DWORD mode)
{
    (void)profile;
    (void)access;
    (void)share;
    (void)mode;
    return NULL;
}
__declspec(dllexport) BOOL WINAPI CloseColorProfile(HANDLE profile) { (void)profile; return TRUE; }
__declspec(dllexport) HANDLE WINAPI WcsCreateIccProfile(HANDLE profile, DWORD options)
{
    (void)profile;
    (void)options;
    return NULL;
}
__declspec(dllexport) BOOL WINAPI GetColorProfileFromHandle(HANDLE profile, BYTE *data, DWORD *size)
{
    (void)profile;
    (void)data;
    (void)size;
    return FALSE;
}

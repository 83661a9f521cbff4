/* Tells every window with these words in its title what Windows tells it when the session is locked (Win+L).
   For the proof under Wine, which has no lock screen; exit status 1 when there is no such window. */
#include <windows.h>

#define SESSION_CHANGE 0x02B1 /* WM_WTSSESSION_CHANGE */
#define SESSION_LOCK 7        /* WTS_SESSION_LOCK */

static int told;

static BOOL CALLBACK tell(HWND window, LPARAM words)
{
    WCHAR title[256] = {0};
    GetWindowTextW(window, title, 255);
    if (wcsstr(title, (const WCHAR *)words)) {
        SendMessageW(window, SESSION_CHANGE, SESSION_LOCK, 1);
        told++;
    }
    return TRUE;
}

int wmain(int count, WCHAR **words)
{
    EnumWindows(tell, (LPARAM)(count > 1 ? words[1] : L""));
    return told ? 0 : 1;
}

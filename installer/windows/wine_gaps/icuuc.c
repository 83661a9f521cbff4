/* Stands in for Windows' own icuuc.dll, which Wine 8 lacks: every converter Qt asks for is "not there".
   Lies in the prefix that proves the program and is never shipped. */
#include <stdint.h>

#define FOUND_NOTHING 4 /* U_FILE_ACCESS_ERROR of unicode/utypes.h */
#define FORWARDED __declspec(dllexport)

FORWARDED void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
FORWARDED void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
FORWARDED void ucnv_cbFromUWriteUChars(void) {}
FORWARDED void ucnv_cbToUWriteUChars(void) {}
FORWARDED void ucnv_close(void *converter) { (void)converter; }
FORWARDED int32_t ucnv_countAvailable(void) { return 0; }
FORWARDED void ucnv_fromUnicode(void) {}
FORWARDED int32_t ucnv_fromUCountPending(void *converter, int *error) { (void)converter; (void)error; return 0; }
FORWARDED const char *ucnv_getAvailableName(int32_t number) { (void)number; return 0; }
FORWARDED void ucnv_getFromUCallBack(void) {}
FORWARDED int8_t ucnv_getMaxCharSize(void *converter) { (void)converter; return 1; }
FORWARDED const char *ucnv_getName(void *converter, int *error) { (void)converter; *error = FOUND_NOTHING; return 0; }
FORWARDED const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    (void)name;
    (void)standard;
    *error = FOUND_NOTHING;
    return 0;
}
FORWARDED void ucnv_getToUCallBack(void) {}
FORWARDED void *ucnv_open(const char *name, int *error) { (void)name; *error = FOUND_NOTHING; return 0; }
FORWARDED void ucnv_reset(void *converter) { (void)converter; }
FORWARDED void ucnv_setFromUCallBack(void) {}
FORWARDED void ucnv_setToUCallBack(void) {}
FORWARDED void ucnv_toUnicode(void) {}
FORWARDED int32_t ucnv_toUCountPending(void *converter, int *error) { (void)converter; (void)error; return 0; }

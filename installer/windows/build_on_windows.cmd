@echo off
rem Builds and proves the Windows program on a Windows PC: python.org's CPython 3.11 and NSIS 3.08 or newer.
rem No administrator is needed. Set-up and self-test run as on Linux; what only a real PC shows is listed at the end.
setlocal
rem Chinese words and names, whatever code page this PC has.
chcp 65001 >nul
set PYTHONUTF8=1
cd /d "%~dp0..\.."
set PLACE=out\package\windows
set PYTHON=out\package\environment\Scripts\python.exe
py -3.11 -V >nul 2>&1
if not %errorlevel%==0 (
  echo Python 3.11 from python.org is needed, with its launcher "py".
  exit /b 1
)
if not exist %PYTHON% py -3.11 -m venv out\package\environment
if not %errorlevel%==0 exit /b 1
%PYTHON% -m pip install --require-hashes --quiet -r package.lock
if not %errorlevel%==0 exit /b 1
if exist %PLACE%\lianxin rmdir /s /q %PLACE%\lianxin
%PYTHON% -m PyInstaller --noconfirm --log-level WARN --distpath %PLACE% --workpath %PLACE%\work build.spec
if not %errorlevel%==0 exit /b 1
rmdir /s /q %PLACE%\work
%PLACE%\lianxin\lianxin.exe self-test
if not %errorlevel%==0 exit /b 1
%PYTHON% installer\windows\pack.py
if not %errorlevel%==0 exit /b 1
echo Now by hand, and note it in the README: input method, 125 and 150 %% scaling, a printer, a file dialog,
echo a USB stick and a USB disk as data folder (both refused), Win+L (the ledger locks), a path over 260 characters,
echo WPS and Word with every document, antivirus and SmartScreen with the unsigned set-up.

@echo off
rem Builds and proves the Windows program on a Windows PC: python.org's CPython 3.11 and NSIS 3.08 or newer.
rem Set-up and self-test run as on Linux; what only a real PC shows is listed at the end.
setlocal
cd /d "%~dp0..\.."
set PLACE=out\package\windows
py -3.11 -m venv out\package\environment || exit /b 1
set PYTHON=out\package\environment\Scripts\python.exe
%PYTHON% -m pip install --require-hashes --quiet -r package.lock || exit /b 1
if exist %PLACE%\lianxin rmdir /s /q %PLACE%\lianxin
%PYTHON% -m PyInstaller --noconfirm --log-level WARN --distpath %PLACE% --workpath %PLACE%\work build.spec || exit /b 1
rmdir /s /q %PLACE%\work
%PLACE%\lianxin\lianxin.exe self-test || exit /b 1
for /f %%v in ('%PYTHON% -c "import sys; sys.path.insert(0, 'installer'); from version import version; print(version())"') do set VERSION=%%v
set NSIS=%ProgramFiles(x86)%\NSIS\makensis.exe
if not exist "%NSIS%" (
  echo NSIS is not installed: the folder %PLACE%\lianxin is ready, the set-up program was not made.
  exit /b 0
)
%PYTHON% -c "from pathlib import Path; Path(r'%PLACE%\licence.txt').write_text(Path('LICENSE').read_text('utf-8'), 'utf-8-sig')" || exit /b 1
rem The Linux builder packs for 64 bit; NSIS for Windows has that target only in its amd64 edition.
"%NSIS%" -V2 -INPUTCHARSET UTF8 -DPLAIN_TARGET -DVERSION=%VERSION% -DSOURCE=%CD%\%PLACE%\lianxin ^
  -DTARGET=%CD%\%PLACE%\lianxin-%VERSION%-setup.exe -DICON=%CD%\installer\lianxin.ico ^
  -DLICENCE=%CD%\%PLACE%\licence.txt installer\windows\lianxin.nsi || exit /b 1
echo Now by hand, and note it in the README: input method, 125 and 150 %% scaling, a printer, a file dialog,
echo a USB stick, WPS and Word with every document, antivirus and SmartScreen with the unsigned set-up.

; 连心 set-up for one Windows user: no administrator, data never touched.
; makensis -DVERSION=… -DSOURCE=<one folder> -DTARGET=<setup.exe> -DICON=<ico> -DBANNER=<bmp> lianxin.nsi
; Exit status of a silent run: 0 done, 2 stopped, 3 this Windows is too old, 4 the program is running, 5 a newer one is here.

Unicode true
; A 32-bit set-up does nothing where there is no 32-bit Windows beside the 64-bit one.
!ifndef PLAIN_TARGET
  Target amd64-unicode
!endif
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include FileFunc.nsh
!include WordFunc.nsh

!define PRODUCT "连心"
!define DESCRIPTION "连心　乡镇人大工作台账"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Lianxin"
!define CLASSES "Software\Classes"
; Qt 6 needs Windows 10 1809, the build with this number.
!define LEAST_BUILD 17763
!define TOO_OLD 3
!define RUNNING 4
!define NEWER_HERE 5
!define ALREADY_EXISTS 183
; Where the program keeps ledgers unless it is told another folder (lianxin/installed.py).
!define DATA "$LOCALAPPDATA\lianxin"

Name "${PRODUCT} ${VERSION}"
Caption "${DESCRIPTION}　安装"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\连心"
InstallDirRegKey HKCU "Software\Lianxin" "InstallDir"
BrandingText "${DESCRIPTION} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=2052 "FileDescription" "${DESCRIPTION}　安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "木兰宽松许可证，第2版"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEFINISHPAGE_BITMAP "${BANNER}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${BANNER}"
!define MUI_WELCOMEPAGE_TITLE "安装 ${PRODUCT} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "乡镇人大工作台账：接待、意见建议办理、述职评议、会议，到每月报送县人大。$\r$\n$\r$\n只装给当前 Windows 用户，不需要管理员，也不联网。$\r$\n$\r$\n已经装过的，原来的数据一概不动，装好后打开就能接着用。$\r$\n$\r$\n请先关闭正在使用的连心，再点“下一步”。"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只卸载程序。台账数据在 ${DATA}，同备份和已经生成的文件一起都留在原处，以后重新安装还能打开。"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "装好了"
!define MUI_FINISHPAGE_TEXT "桌面和“开始”菜单里都有“连心”。第一次打开时可以先看示例数据。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\连心.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开连心"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "已经卸载"
!define MUI_FINISHPAGE_TEXT "程序已从这台电脑上卸载。台账数据没有动，还在：$\r$\n$\r$\n${DATA}$\r$\n$\r$\n以后重新安装，打开就能接着用。确实不要了，由您自己删除这个文件夹。"
!insertmacro MUI_UNPAGE_FINISH
!insertmacro MUI_LANGUAGE "SimpChinese"

!macro StopWith STATUS WORDS
  MessageBox MB_OK|MB_ICONEXCLAMATION "${WORDS}" /SD IDOK
  SetErrorLevel ${STATUS}
  Quit
!macroend

; A program that runs holds its own file: it cannot be opened for writing.
!macro WaitUntilFree FILE
  ${If} ${FileExists} "${FILE}"
    ${Do}
      ClearErrors
      FileOpen $0 "${FILE}" a
      ${IfNot} ${Errors}
        FileClose $0
        ${ExitDo}
      ${EndIf}
      ${IfNot} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "连心正开着，还没有改动。请先保存并关闭连心，再点“重试”。" /SD IDCANCEL IDRETRY`
        SetErrorLevel ${RUNNING}
        Quit
      ${EndIf}
    ${Loop}
  ${EndIf}
!macroend

; The program in one folder, not what else lies there.
!macro RemoveProgram FOLDER
  Delete "${FOLDER}\连心.exe"
  Delete "${FOLDER}\lianxin.exe"
  RMDir /r "${FOLDER}\_internal"
!macroend

; An ending that another program opens stays with it; ours is then offered beside it.
!macro Offer ENDING CLASS WORDS
  WriteRegStr HKCU "${CLASSES}\${CLASS}" "" "${WORDS}"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\DefaultIcon" "" "$INSTDIR\连心.exe,0"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\shell\open\command" "" '"$INSTDIR\连心.exe" open "%1"'
  WriteRegStr HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${CLASS}" ""
  ReadRegStr $0 HKCR "${ENDING}" ""
  ${If} $0 == ""
    WriteRegStr HKCU "${CLASSES}\${ENDING}" "" "${CLASS}"
  ${EndIf}
!macroend

; Only what is ours: another program may have taken the ending since.
!macro Forget ENDING CLASS
  ReadRegStr $0 HKCU "${CLASSES}\${ENDING}" ""
  ${If} $0 == "${CLASS}"
    DeleteRegValue HKCU "${CLASSES}\${ENDING}" ""
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${CLASS}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}"
  DeleteRegKey HKCU "${CLASSES}\${CLASS}"
!macroend

Function .onInit
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${IfNot} ${AtLeastWin10}
    StrCpy $0 0
  ${EndIf}
  ${If} $0 < ${LEAST_BUILD}
    !insertmacro StopWith ${TOO_OLD} "这台电脑的 Windows 太旧，连心需要 Windows 10 的1809版或更新的系统。没有安装，电脑上什么都没有改动。"
  ${EndIf}
  ; A double-click twice: two set-ups would write over each other.
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "LianxinSetup") p .r1 ?e'
  Pop $0
  ${If} $0 = ${ALREADY_EXISTS}
    !insertmacro StopWith ${RUNNING} "安装程序已经开着，请用那一个。"
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${VersionCompare} "$0" "${VERSION}" $1
  ${If} $1 == 1
    !insertmacro StopWith ${NEWER_HERE} "这台电脑上是较新的连心 $0，这个安装程序是较旧的 ${VERSION}。旧程序打不开新程序存过的数据，所以没有安装，什么都没有改动。确实要装旧的，请先卸载现在的。"
  ${EndIf}
FunctionEnd

Section "连心"
  !insertmacro WaitUntilFree "$INSTDIR\连心.exe"
  !insertmacro WaitUntilFree "$INSTDIR\lianxin.exe"
  ReadRegStr $R0 HKCU "Software\Lianxin" "InstallDir"
  ${If} $R0 != ""
  ${AndIf} $R0 != "$INSTDIR"
    ; Installed somewhere else before: two copies would take turns at the endings and the shortcuts.
    !insertmacro WaitUntilFree "$R0\连心.exe"
    !insertmacro WaitUntilFree "$R0\lianxin.exe"
    !insertmacro RemoveProgram "$R0"
    Delete "$R0\卸载连心.exe"
    RMDir "$R0"
  ${EndIf}
  !insertmacro RemoveProgram "$INSTDIR"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\卸载连心.exe"

  CreateDirectory "$SMPROGRAMS\连心"
  CreateShortcut "$SMPROGRAMS\连心\连心.lnk" "$INSTDIR\连心.exe" "" "" "" "" "" "${DESCRIPTION}"
  CreateShortcut "$SMPROGRAMS\连心\卸载连心.lnk" "$INSTDIR\卸载连心.exe"
  CreateShortcut "$DESKTOP\连心.lnk" "$INSTDIR\连心.exe" "" "" "" "" "" "${DESCRIPTION}"

  WriteRegStr HKCU "Software\Lianxin" "InstallDir" "$INSTDIR"
  !insertmacro Offer ".lxbak" "Lianxin.Backup" "连心备份"
  !insertmacro Offer ".age" "Lianxin.Sealed" "连心报送件（加密）"
  ${RefreshShellIcons}

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "连心项目"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Comments" "${DESCRIPTION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\连心.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\卸载连心.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\卸载连心.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  !insertmacro WaitUntilFree "$INSTDIR\连心.exe"
  !insertmacro WaitUntilFree "$INSTDIR\lianxin.exe"
  !insertmacro RemoveProgram "$INSTDIR"
  Delete "$INSTDIR\卸载连心.exe"
  ; Not with its contents: whatever else lies in the folder is somebody's.
  RMDir "$INSTDIR"
  Delete "$DESKTOP\连心.lnk"
  RMDir /r "$SMPROGRAMS\连心"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\Lianxin"
  !insertmacro Forget ".lxbak" "Lianxin.Backup"
  !insertmacro Forget ".age" "Lianxin.Sealed"
  ${RefreshShellIcons}
SectionEnd

//! Windows: Shell Launcher (Enterprise, Education, IoT) or assigned access (also Pro), and the
//! two scripts that apply and undo them.

use super::{ACCOUNT, Facts, LockFile};

/// Names our profile in both files; any fixed number does.
const PROFILE: &str = "{6f3d4c1e-52a9-4a7b-9c0d-8d5e2b7a41f0}";

pub(super) fn files(facts: &Facts) -> Vec<LockFile> {
    let file = |name, text: String| LockFile { name, text: text.replace('\n', "\r\n") };
    vec![
        file("README.txt", readme()),
        file("shell-launcher.xml", shell_launcher(facts)),
        file("assigned-access.xml", assigned_access(facts)),
        file("apply.ps1", apply()),
        file("undo.ps1", undo()),
    ]
}

fn shell_launcher(facts: &Facts) -> String {
    let shell = xml(&format!(
        "\"{}\" --kiosk --data \"{}\"",
        facts.program.display(),
        facts.data.display()
    ));
    format!(
        "\
<?xml version=\"1.0\" encoding=\"utf-8\"?>
<ShellLauncherConfiguration
  xmlns=\"http://schemas.microsoft.com/ShellLauncher/2018/Configuration\"
  xmlns:V2=\"http://schemas.microsoft.com/ShellLauncher/2019/Configuration\">
  <Profiles>
    <DefaultProfile>
      <Shell Shell=\"%SystemRoot%\\explorer.exe\"/>
    </DefaultProfile>
    <Profile Id=\"{PROFILE}\">
      <Shell Shell=\"{shell}\" V2:AppType=\"Desktop\" V2:AllAppsFullScreen=\"true\">
        <DefaultAction Action=\"RestartShell\"/>
      </Shell>
    </Profile>
  </Profiles>
  <Configs>
    <Config>
      <Account Name=\"{ACCOUNT}\"/>
      <Profile Id=\"{PROFILE}\"/>
    </Config>
  </Configs>
</ShellLauncherConfiguration>
"
    )
}

/// The programs that the screen consists of, and no other.
fn assigned_access(facts: &Facts) -> String {
    let program = xml(&facts.program.display().to_string());
    let arguments = xml(&format!("--kiosk --data \"{}\"", facts.data.display()));
    let beside = |name: &str| xml(&facts.program.with_file_name(name).display().to_string());
    let (engine, reader) = (beside("frontdesk-engine.exe"), beside("frontdesk-reader.exe"));
    format!(
        "\
<?xml version=\"1.0\" encoding=\"utf-8\"?>
<AssignedAccessConfiguration
  xmlns=\"http://schemas.microsoft.com/AssignedAccess/2017/config\"
  xmlns:rs5=\"http://schemas.microsoft.com/AssignedAccess/201810/config\">
  <Profiles>
    <Profile Id=\"{PROFILE}\">
      <AllAppsList>
        <AllowedApps>
          <App DesktopAppPath=\"{program}\" rs5:AutoLaunch=\"true\" rs5:AutoLaunchArguments=\"{arguments}\"/>
          <App DesktopAppPath=\"{engine}\"/>
          <App DesktopAppPath=\"{reader}\"/>
        </AllowedApps>
      </AllAppsList>
      <StartLayout>
        <![CDATA[<LayoutModificationTemplate xmlns:defaultlayout=\"http://schemas.microsoft.com/Start/2014/FullDefaultLayout\" xmlns:start=\"http://schemas.microsoft.com/Start/2014/StartLayout\" Version=\"1\" xmlns=\"http://schemas.microsoft.com/Start/2014/LayoutModification\"><LayoutOptions StartTileGroupCellWidth=\"6\"/><DefaultLayoutOverride><StartLayoutCollection><defaultlayout:StartLayout GroupCellWidth=\"6\"/></StartLayoutCollection></DefaultLayoutOverride></LayoutModificationTemplate>]]>
      </StartLayout>
      <Taskbar ShowTaskbar=\"false\"/>
    </Profile>
  </Profiles>
  <Configs>
    <Config>
      <Account>{ACCOUNT}</Account>
      <DefaultProfile Id=\"{PROFILE}\"/>
    </Config>
  </Configs>
</AssignedAccessConfiguration>
"
    )
}

/// Only the system's own account may write these settings, so the script lends itself to it as a
/// task that runs once.
const AS_SYSTEM: &str = r#"$me = [Security.Principal.WindowsIdentity]::GetCurrent()
if (-not $me.IsSystem) {
  $admin = [Security.Principal.WindowsBuiltInRole]::Administrator
  if (-not ([Security.Principal.WindowsPrincipal]$me).IsInRole($admin)) {
    Write-Host 'Please run this as administrator: right click, Run as administrator.'; exit 1
  }
  Before-System
  $line = "-NoProfile -ExecutionPolicy Bypass -File `"$PSCommandPath`""
  $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument $line
  Register-ScheduledTask -TaskName 'Frontdesk visitors screen' -User 'SYSTEM' -RunLevel Highest -Action $action -Force | Out-Null
  Start-ScheduledTask -TaskName 'Frontdesk visitors screen'
  do { Start-Sleep -Seconds 1; $task = Get-ScheduledTask -TaskName 'Frontdesk visitors screen' } while ($task.State -eq 'Running')
  $result = (Get-ScheduledTaskInfo -TaskName 'Frontdesk visitors screen').LastTaskResult
  Unregister-ScheduledTask -TaskName 'Frontdesk visitors screen' -Confirm:$false
  if ($result -ne 0) { Write-Host "It did not work (result $result). Nothing else was changed."; exit 1 }
  Write-Host 'Done. Start the computer again.'
  exit 0
}
$access = Get-CimInstance -Namespace 'root\cimv2\mdm\dmmap' -ClassName 'MDM_AssignedAccess'
"#;

fn apply() -> String {
    format!(
        r#"# Makes this computer show the visitors' screen and nothing else to the account {ACCOUNT}.
$ErrorActionPreference = 'Stop'
function Before-System {{
  if (-not (Get-LocalUser -Name '{ACCOUNT}' -ErrorAction SilentlyContinue)) {{
    New-LocalUser -Name '{ACCOUNT}' -NoPassword -AccountNeverExpires -UserMayNotChangePassword | Out-Null
    Set-LocalUser -Name '{ACCOUNT}' -PasswordNeverExpires $true
  }}
  # Five times Shift and the like open windows of the system; new accounts begin without them.
  reg.exe load 'HKU\FrontdeskNew' "$env:SystemDrive\Users\Default\NTUSER.DAT" | Out-Null
  reg.exe add 'HKU\FrontdeskNew\Control Panel\Accessibility\StickyKeys' /v Flags /t REG_SZ /d 506 /f | Out-Null
  reg.exe add 'HKU\FrontdeskNew\Control Panel\Accessibility\Keyboard Response' /v Flags /t REG_SZ /d 122 /f | Out-Null
  reg.exe add 'HKU\FrontdeskNew\Control Panel\Accessibility\ToggleKeys' /v Flags /t REG_SZ /d 58 /f | Out-Null
  reg.exe unload 'HKU\FrontdeskNew' | Out-Null
}}
{AS_SYSTEM}$edition = (Get-CimInstance Win32_OperatingSystem).OperatingSystemSKU
# Enterprise, Education and IoT have the Shell Launcher; the others have assigned access.
$launcher = @(4, 27, 70, 72, 84, 121, 122, 125, 126, 129, 130, 188, 191) -contains $edition
if ($launcher) {{
  Enable-WindowsOptionalFeature -Online -FeatureName 'Client-EmbeddedShellLauncher' -All -NoRestart | Out-Null
  $file = Join-Path $PSScriptRoot 'shell-launcher.xml'
  $access.ShellLauncher = [Net.WebUtility]::HtmlEncode((Get-Content -Raw -Encoding UTF8 $file))
}} else {{
  $file = Join-Path $PSScriptRoot 'assigned-access.xml'
  $access.Configuration = [Net.WebUtility]::HtmlEncode((Get-Content -Raw -Encoding UTF8 $file))
}}
Set-CimInstance -CimInstance $access
"#
    )
}

fn undo() -> String {
    format!(
        r#"# Takes back what apply.ps1 set; the account {ACCOUNT} and the desk stay.
$ErrorActionPreference = 'Stop'
function Before-System {{ }}
{AS_SYSTEM}$access.ShellLauncher = $null
$access.Configuration = $null
Set-CimInstance -CimInstance $access
"#
    )
}

fn readme() -> String {
    format!(
        "\
FRONTDESK: THE VISITORS' SCREEN, LOCKED BY WINDOWS

The program keeps visitors on its own page. These files make Windows do its part as well: no
task bar, no Windows key, no other program, for the account {ACCOUNT} only.
Set a PIN in Frontdesk before; you leave the screen with it.

 1. Close Frontdesk. Right click apply.ps1, \"Run with PowerShell\" as administrator.
    It makes the account {ACCOUNT} and gives it one program. Enterprise, Education and IoT
    editions use shell-launcher.xml, Pro uses assigned-access.xml. Home has neither.
 2. Give that account the right to change the desk's data folder: its path is in the XML file.
 3. Start the computer again and sign in as {ACCOUNT}.
To take it back: press Ctrl+Alt+Del, sign in as administrator, and run undo.ps1 the same way.

Try it before visitors come: these files were written from Microsoft's documentation and could
not be tried on every edition.
"
    )
}

/// Text inside an attribute.
fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

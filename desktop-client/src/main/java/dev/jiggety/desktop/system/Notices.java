package dev.jiggety.desktop.system;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The desktop's own notifications, for what happens while nobody looks at the window. Blocks. */
@FunctionalInterface
public interface Notices {
  /** Tells nobody. */
  Notices NONE = (title, text) -> {};

  /**
   * Shows a notification.
   *
   * @param title short
   * @param text one or two lines; never a secret, other programs can read it
   * @throws IOException when the desktop cannot show any
   */
  void tell(String title, String text) throws IOException;

  /** Those of this system, by the program that comes with it; nobody is told where it has none. */
  static Notices find(String os, Map<String, String> environment) {
    return switch (Os.of(os)) {
      case LINUX ->
          tool("notify-send", environment)
              .<Notices>map(tool ->
                  (title, text) ->
                      tool.ask(List.of("--app-name=Jiggety", "--", title, plain(text)), ""))
              .orElse(NONE);
      case MAC ->
          tool("osascript", environment)
              .<Notices>map(tool -> (title, text) -> tool.ask(List.of("-", title, text), MAC))
              .orElse(NONE);
      case WINDOWS ->
          tool("powershell.exe", environment)
              .<Notices>map(tool ->
                  (title, text) ->
                      tool.ask(
                          List.of("-NoProfile", "-NonInteractive", "-Command", WINDOWS),
                          title + "\n" + text))
              .orElse(NONE);
    };
  }

  /** AppleScript that takes title and text as arguments, so that no quote can end its string. */
  String MAC =
      """
      on run told
        display notification (item 2 of told) with title (item 1 of told)
      end run
      """;

  /** PowerShell that takes title and text from standard input, for the same reason. */
  String WINDOWS =
      """
      $told = [Console]::In.ReadToEnd() -split "`n", 2; \
      Add-Type -AssemblyName System.Windows.Forms, System.Drawing; \
      $icon = New-Object System.Windows.Forms.NotifyIcon; \
      $icon.Icon = [System.Drawing.SystemIcons]::Information; $icon.Visible = $true; \
      $icon.ShowBalloonTip(8000, $told[0], $told[1], 'Info'); Start-Sleep -Seconds 8; \
      $icon.Dispose()\
      """;

  private static Optional<Tool> tool(String name, Map<String, String> environment) {
    return Tool.find(name, environment).map(tool -> tool.within(Duration.ofSeconds(15)));
  }

  /** The text of a notification on Linux can be marked up; ours is not. */
  private static String plain(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

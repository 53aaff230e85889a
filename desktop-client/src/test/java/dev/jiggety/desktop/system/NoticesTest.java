package dev.jiggety.desktop.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the tools are played by shell scripts")
class NoticesTest {
  @TempDir Path folder;

  @Test
  void onLinuxTitleAndTextReachTheDesktopAndNothingInThemIsAnOption() throws IOException {
    tool("notify-send", "for word in \"$@\"; do echo \"<$word>\"; done > \"%s/told\"");
    find("Linux").tell("-u critical", "a < b & c");
    assertThat(Files.readString(folder.resolve("told")))
        .isEqualTo("<--app-name=Jiggety>\n<-->\n<-u critical>\n<a &lt; b &amp; c>\n");
  }

  @Test
  void onAMacTheyAreArgumentsOfTheScript() throws IOException {
    tool("osascript", "echo \"$2|$3\" > \"%1$s/told\"; cat >> \"%1$s/told\"");
    find("Mac OS X").tell("Jiggety", "\" & quit");
    assertThat(Files.readString(folder.resolve("told")))
        .startsWith("Jiggety|\" & quit\n")
        .contains("display notification (item 2 of told)");
  }

  @Test
  void onWindowsTheyComeByStandardInput() throws IOException {
    tool("powershell.exe", "cat > \"%s/told\"");
    find("Windows 11").tell("Jiggety", "'; exit");
    assertThat(Files.readString(folder.resolve("told"))).isEqualTo("Jiggety\n'; exit");
  }

  @Test
  void whereThereIsNoneNobodyIsToldAndWhereItFailsItSaysWhy() throws IOException {
    assertThatCode(() -> find("Linux").tell("a", "b")).doesNotThrowAnyException();
    tool("notify-send", "echo 'no daemon' >&2; exit 1");
    assertThatThrownBy(() -> find("Linux").tell("a", "b"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no daemon");
  }

  @Test
  void aFileIsOpenedByTheSystemsOwnProgram() throws IOException {
    tool("xdg-open", "echo \"$@\" > \"%s/told\"");
    Opener.find("Linux", environment()).open(Path.of("/a report.txt"));
    await()
        .ignoreException(NoSuchFileException.class)
        .untilAsserted(() ->
            assertThat(Files.readString(folder.resolve("told"))).isEqualTo("/a report.txt\n"));
    assertThatThrownBy(() -> Opener.find("Mac", environment()).open(Path.of("/a report.txt")))
        .hasMessageContaining("/a report.txt");
  }

  private Notices find(String os) {
    return Notices.find(os, environment());
  }

  private Map<String, String> environment() {
    return Map.of("PATH", folder.toString());
  }

  private void tool(String name, String script) throws IOException {
    Path file =
        Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script.formatted(folder) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

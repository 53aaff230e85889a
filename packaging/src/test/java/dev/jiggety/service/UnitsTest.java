package dev.jiggety.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  /** What systemd calls "OK"; it goes from 0, shut, to 10, open. */
  private static final double MOST_EXPOSED = 2.5;

  private static final Pattern LEVEL = Pattern.compile("exposure level for \\S+: ([0-9.]+)");
  private static final Path UNITS = Path.of("linux");

  @TempDir private Path folder;

  @BeforeAll
  static void systemdIsHere() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "hub", "manager"})
  void isShutOffFromWhatItHasNoBusinessWith(String role) throws Exception {
    String said =
        run("systemd-analyze", "security", "--offline=true", "--no-pager", unit(role).toString());
    Matcher level = LEVEL.matcher(said);
    assertThat(level.find()).as(said).isTrue();
    assertThat(Double.parseDouble(level.group(1))).as(said).isLessThanOrEqualTo(MOST_EXPOSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "hub", "manager"})
  void isUnderstoodByTheLetter(String role) throws Exception {
    // With a program that is there, since this machine has not installed ours.
    Path copy = folder.resolve("jiggety-" + role + ".service");
    Files.writeString(
        copy, Files.readString(unit(role)).replaceAll("ExecStart=\\S+", "ExecStart=/bin/true"));
    String said = run("systemd-analyze", "verify", "--man=no", copy.toString());
    assertThat(said.lines().filter(line -> line.contains("jiggety-"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "hub", "manager"})
  void itsEnvironmentFileChangesNothingAndHoldsNoSecret(String role) throws Exception {
    assertThat(Files.readString(unit(role)))
        .contains("EnvironmentFile=-/etc/jiggety/" + role + ".conf");
    assertThat(Files.readAllLines(UNITS.resolve("conf").resolve(role + ".conf")))
        .allMatch(line -> line.isEmpty() || line.startsWith("#"))
        .noneMatch(line -> line.contains("PASSWORD="));
  }

  @Test
  void theUserAndItsFoldersAreMadeBySystemd() throws Exception {
    String made =
        run(
            "systemd-sysusers",
            "--dry-run",
            UNITS.resolve("jiggety.sysusers").toAbsolutePath() + "");
    assertThat(made).doesNotContainIgnoringCase("failed").doesNotContain("ignoring");
  }

  private static Path unit(String role) {
    return UNITS.resolve("jiggety-" + role + ".service").toAbsolutePath();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}

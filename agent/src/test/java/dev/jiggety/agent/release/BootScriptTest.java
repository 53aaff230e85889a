package dev.jiggety.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The boot script under dash, with programs that note that they were started. */
class BootScriptTest {
  private static final String ENDS = "exit 0";
  private static final String READY = "touch \"$3/releases/ready\"\n";

  @TempDir Path folder;
  private Path data;
  private Path log;

  @BeforeEach
  void install() throws IOException {
    data = Files.createDirectory(folder.resolve("data dir"));
    log = folder.resolve("log");
    Files.createDirectory(data.resolve("releases"));
    program(folder.resolve("home"), "installed", READY + ENDS);
  }

  @Test
  void withoutReleasesThePackageRunsWithAllItsArguments() throws Exception {
    assertThat(boot(Map.of(), "node", "--data", data.toString(), "--name", "two words")).isZero();
    assertThat(starts()).containsExactly("installed installed node --data two words");
  }

  @Test
  void otherRolesAreSimplyStarted() throws Exception {
    assertThat(boot(Map.of(), "hub", "--port", "0")).isZero();
    assertThat(starts()).containsExactly("installed  hub --port");
  }

  @Test
  void whatThePointerSaysRuns() throws Exception {
    slot("b", "new", READY + ENDS);
    point("b installed");
    run();
    assertThat(starts()).containsExactly("b b node --data");
  }

  @Test
  void afterTheAgreedExitCodeTheOtherOneRunsAtOnce() throws Exception {
    slot("a", "new", READY + ENDS);
    program(
        folder.resolve("home"),
        "installed",
        READY + "echo 'a installed' >\"$3/releases/pointer\"; exit 75");
    run();
    assertThat(starts()).containsExactly("installed installed node --data", "a a node --data");
  }

  @Test
  void oneThatCrashesIsNeverStartedAgain() throws Exception {
    slot("a", "old", READY + ENDS);
    slot("b", "new", "exit 1");
    point("b a");
    run();
    assertThat(starts()).containsExactly("b b node --data", "a a node --data");
    assertThat(Files.readString(data.resolve("releases/bad"))).startsWith("new ");
    point("b a");
    run();
    assertThat(starts()).hasSize(3).endsWith("a a node --data");
  }

  @Test
  void oneThatIsKilledAsAPowerCutDoesIsStartedOnceMore() throws Exception {
    slot("a", "old", READY + ENDS);
    slot("b", "new", "kill -KILL $$");
    point("b a");
    run();
    assertThat(starts()).containsExactly("b b node --data", "b b node --data", "a a node --data");
    assertThat(new ReleaseFolder(data).bad("new")).isPresent();
  }

  @Test
  void oneThatEndsAfterItWasReadyIsStartedOnceMoreOnTrialAtOnce() throws Exception {
    slot("a", "old", READY + ENDS);
    slot("b", "new", READY + "exit 137");
    point("b a");
    run();
    assertThat(starts()).containsExactly("b b node --data", "b b node --data", "a a node --data");
  }

  @Test
  void howLongAFirstStartMayTakeComesWithTheSlot() throws Exception {
    slot("a", "old", READY + ENDS);
    slot("b", "new", "exec sleep 600");
    Files.writeString(data.resolve("releases/b/.within"), "1\n");
    point("b a");
    Process process = start(Map.of("JIGGETY_TRIAL_WITHIN", ""), "node", "--data", data.toString());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(starts()).containsExactly("b b node --data", "a a node --data");
    assertThat(new ReleaseFolder(data).bad("new")).contains("it was not ready after 1 s");
  }

  @Test
  void oneThatHangsIsEndedAndNeverStartedAgain() throws Exception {
    slot("a", "old", READY + ENDS);
    slot("b", "new", "exec sleep 600");
    point("b a");
    run();
    assertThat(starts()).containsExactly("b b node --data", "a a node --data");
    assertThat(new ReleaseFolder(data).bad("new")).isPresent();
  }

  @Test
  void whenBothSlotsAreBadThePackageRuns() throws Exception {
    slot("a", "old", "exit 1");
    slot("b", "new", "kill -KILL $$");
    point("b a");
    run();
    assertThat(starts())
        .containsExactly(
            "b b node --data",
            "b b node --data",
            "a a node --data",
            "installed installed node --data");
  }

  @Test
  void whatRanWellIsGivenMoreStartsThanWhatIsOnTrial() throws Exception {
    slot("b", "new", READY + ENDS);
    point("b installed");
    Files.writeString(data.resolve("releases/boots"), "9\n");
    new ReleaseFolder(data).confirm("new");
    Files.writeString(data.resolve("releases/boots"), "9\n");
    run();
    assertThat(starts()).containsExactly("b b node --data");
    Files.writeString(data.resolve("releases/boots"), "10\n");
    run();
    assertThat(starts()).endsWith("installed installed node --data");
  }

  @Test
  void halfASlotAndADamagedPointerDoNotStopAnybody() throws Exception {
    slot("b", "new", READY + ENDS);
    Files.delete(data.resolve("releases/b/.release"));
    point("b a");
    run();
    for (String damaged : List.of("", "\n", "c d", "../../bin x", "\0\0\0")) {
      point(damaged);
      run();
    }
    assertThat(starts()).hasSize(6).containsOnly("installed installed node --data");
  }

  @Test
  void underSystemdTheProgramTakesTheScriptsPlace() throws Exception {
    slot("a", "new", "echo $$ >>" + log + "; exit 3");
    point("a installed");
    Process process = start(Map.of("NOTIFY_SOCKET", "/nowhere"), "node", "--data", data.toString());
    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(starts()).contains(String.valueOf(process.pid()));
  }

  @Test
  void aPackageThatDoesNotStartSaysSo() throws Exception {
    program(folder.resolve("home"), "installed", "exit 2");
    assertThat(boot(Map.of(), "node", "--data", data.toString())).isEqualTo(2);
    assertThat(starts()).hasSize(1);
  }

  @Test
  void aSignalReachesTheProgramAndEndsTheScriptWithIt() throws Exception {
    program(
        folder.resolve("home"),
        "installed",
        "trap 'exit 0' TERM\n" + READY + "while :; do sleep 0.05; done");
    Process process = start(Map.of(), "node", "--data", data.toString());
    org.awaitility.Awaitility.await().until(() -> Files.exists(data.resolve("releases/ready")));
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private void run() throws Exception {
    assertThat(boot(Map.of(), "node", "--data", data.toString())).isZero();
  }

  private int boot(Map<String, String> environment, String... arguments) throws Exception {
    Process process = start(environment, arguments);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("dash", BootScript.path().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("output").toFile());
    builder.environment().remove("NOTIFY_SOCKET");
    builder.environment().put("JIGGETY_HOME", folder.resolve("home").toString());
    builder.environment().put("JIGGETY_TRIAL_WITHIN", "2");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private void slot(String slot, String id, String does) throws IOException {
    Path place = data.resolve("releases").resolve(slot);
    program(place, slot, does);
    Files.writeString(place.resolve(".release"), id + "\n");
  }

  private void point(String text) throws IOException {
    Files.writeString(data.resolve("releases/pointer"), text);
  }

  private void program(Path home, String name, String does) throws IOException {
    Path program = home.resolve("bin/jiggety");
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        program,
        "#!/bin/sh\necho \"%s ${JIGGETY_SLOT:-} $1 $2 ${5:-}\" >>'%s'\n%s\n"
            .formatted(name, log, does));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> starts() throws IOException {
    return Files.readAllLines(log, StandardCharsets.UTF_8).stream()
        .map(String::stripTrailing)
        .toList();
  }
}

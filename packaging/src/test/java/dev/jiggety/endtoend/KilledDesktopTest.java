package dev.jiggety.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.desktop.program.Program;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of the desktop, nothing that it has started stays behind. */
class KilledDesktopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void aTrialEndsWithTheDesktopThatWasKilled() throws Exception {
    Process desktop = desktop();
    try {
      String line = Objects.requireNonNull(desktop.inputReader().readLine(), "it has ended");
      URI hub = URI.create(line);
      List<ProcessHandle> started = desktop.descendants().toList();
      assertThat(started).as("the trial is a process of its own").isNotEmpty();
      assertThat(Headless.isListening(hub)).isTrue();
      desktop.destroyForcibly().waitFor();
      await("no process is left")
          .atMost(PATIENCE)
          .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(Headless.isListening(hub)).isFalse();
    } finally {
      Program.kill(desktop);
    }
  }

  @Test
  void aTrialEndsAlsoWhenItsDesktopIsGoneBeforeItIsUnderWay() throws Exception {
    Process trial =
        new Program(Headless.script(folder))
            .builder(List.of("demo", "trial", "--data=" + folder.resolve("trial")))
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(trial.inputReader().readLine()).contains("\"hub\"");
      trial.outputWriter().close();
      trial.inputReader().close();
      await("it has ended").atMost(PATIENCE).until(() -> !trial.isAlive());
    } finally {
      Program.kill(trial);
    }
  }

  /** As this JVM was started, so that it has JavaFX, and a window where we have one. */
  private Process desktop() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(word -> !word.startsWith("-javaagent") && !word.startsWith("-agentlib"))
        .forEach(command::add);
    command.add("-D" + Program.PROPERTY + "=" + Headless.script(folder));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TryingDesktop.class.getName());
    command.add(folder.resolve("settings").toString());
    return new ProcessBuilder(command)
        .redirectError(new File("target", "killed-desktop.log"))
        .start();
  }
}

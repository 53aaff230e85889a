package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.bench.patch.ChaosBench;
import dev.jiggety.agent.cli.Main;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A short {@code jiggety bench chaos}: patches come through whatever fails. */
class ChaosTest {
  private static final long SEED = 4;
  private static final int ROUNDS = 5;
  private static final int NODES = 4;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void nothingIsLostDoubledOrReorderedAndNoBadPatchGetsFar() throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    ChaosBench.Result result =
        ChaosBench.run(program(), folder, new ChaosBench.Scale(ROUNDS, NODES, SEED), log::add);
    assertThat(result.violations()).as("%s in %s", log, folder).isEmpty();
    assertThat(result.report().value("rollouts completed"))
        .hasValueSatisfying(count -> assertThat(count).as(log.toString()).isPositive());
  }

  private static Program program() {
    return new Program(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
  }
}

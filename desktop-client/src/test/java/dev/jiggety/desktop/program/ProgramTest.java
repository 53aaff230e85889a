package dev.jiggety.desktop.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final String MUCH = "x".repeat(1 << 20);

  @TempDir private Path folder;

  @Test
  void oneThatReadsNothingIsEndedInTime() throws IOException {
    Program deaf = program("exec sleep 20");
    assertThatThrownBy(() -> deaf.call(List.of("test"), MUCH, Duration.ofMillis(300)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not end within");
  }

  @Test
  void oneThatReadsGetsAllOfIt() throws Exception {
    Program.Result result = program("wc -c").call(List.of("count"), MUCH, Duration.ofMinutes(1));
    assertThat(result.out().strip()).isEqualTo(String.valueOf(MUCH.length()));
    assertThat(result.exit()).isZero();
  }

  private Program program(String script) throws IOException {
    Path file = folder.resolve("program");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new Program(file);
  }
}

package dev.jiggety.desktop.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenerTest {
  @TempDir private Path folder;

  @Test
  void aProgramThatShowsTheFileItselfIsLeftToThePerson() throws IOException {
    Path tool = folder.resolve("xdg-open");
    Path said = folder.resolve("said");
    Files.writeString(
        tool,
        "#!/bin/sh\necho \"$$ $1\" > "
            + said
            + ".new\nmv "
            + said
            + ".new "
            + said
            + "\nexec sleep 60\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    Opener opener = Opener.find("Linux", Map.of("PATH", folder + ":" + System.getenv("PATH")));
    opener.open(Path.of("/tmp/a report.txt"));
    await().until(() -> Files.exists(said));
    String[] words = Files.readString(said).strip().split(" ", 2);
    ProcessHandle viewer = ProcessHandle.of(Long.parseLong(words[0])).orElseThrow();
    try {
      assertThat(words[1]).isEqualTo("/tmp/a report.txt");
      assertThat(viewer.isAlive()).isTrue();
    } finally {
      viewer.destroyForcibly();
    }
  }
}

package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ends have 256 MB, where the attachment as Base64 in JSON would want more. */
@Timeout(60)
class LargeAttachmentMemoryTest {
  private static final int BYTES = 100_000_000;

  @TempDir private Path folder;

  @Test
  void anAttachmentOfAHundredMegabytesGoesThroughLittleMemory() throws Exception {
    var data = folder.resolve("hub").toString();
    try (var hub = JiggetyProcess.start("hub", "--data", data, "--port", "0", "--admin-party")) {
      var line = hub.awaitLine("hub is listening on ");
      var url = line.substring(line.lastIndexOf(' ') + 1).replaceAll("/$", "");
      var own = Files.createDirectories(folder.resolve("own")).toString();
      try (var replication =
          JiggetyProcess.startOf(SmallHeap.class, Map.of(), url, own, Integer.toString(BYTES))) {
        var ended = replication.waitFor();
        assertThat(ended).as(replication.output()).isZero();
        var expected = replication.awaitLine("expected ").substring("expected ".length());
        assertThat(replication.awaitLine("arrived ")).isEqualTo("arrived " + expected);
      }
      assertThat(hub.output()).doesNotContain("OutOfMemory");
    }
  }
}

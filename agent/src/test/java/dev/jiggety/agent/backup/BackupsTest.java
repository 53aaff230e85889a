package dev.jiggety.agent.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.base.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path folder;
  private Path data;
  private Path copy;

  @BeforeEach
  void manager() throws IOException {
    data = folder.resolve("manager");
    copy = folder.resolve("copy");
    write("believed.json", "{}");
    write("manager.key", "key");
    write("secrets/mail", "hunter2");
    write("queue/journal/amq-1.amq", "line");
    write("believed.json.lock", "");
  }

  private void write(String name, String text) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void takesWhatCountsAndHidesIt() throws IOException {
    Manifest made = make();
    assertThat(made.role()).isEqualTo(Role.MANAGER);
    assertThat(made.files())
        .extracting(Manifest.Entry::name)
        .containsExactlyInAnyOrder("believed.json", "manager.key", "secrets/mail");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rwx------");
  }

  @Test
  void bringsItBackAndMovesAsideWhatStandsThere() throws IOException {
    make();
    write("manager.key", "another");
    assertThatThrownBy(() -> Backups.restore(copy, data, false, NOW))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("--replace");
    Backups.Restored restored = Backups.restore(copy, data, true, NOW);
    assertThat(data.resolve("manager.key")).hasContent("key");
    assertThat(data.resolve("secrets/mail")).hasContent("hunter2");
    assertThat(restored.before().orElseThrow().resolve("manager.key")).hasContent("another");
  }

  @Test
  void bringsNothingBackThatWasChanged() throws IOException {
    make();
    Files.writeString(copy.resolve("secrets/mail"), "hunter3");
    assertThatThrownBy(() -> Backups.restore(copy, data, true, NOW))
        .hasMessageContaining("mail is not what was written");
    Files.delete(copy.resolve("secrets/mail"));
    assertThatThrownBy(() -> Backups.restore(copy, data, true, NOW))
        .hasMessageContaining("is missing");
    assertThat(data.resolve("queue/journal/amq-1.amq")).exists();
  }

  @Test
  void bringsNothingBackUnderARunningRoleOrFromHalfABackup() throws IOException {
    make();
    try (ProcessLock _ = ProcessLock.take(data.resolve("believed.json.lock"))) {
      assertThatThrownBy(() -> Backups.restore(copy, data, true, NOW))
          .hasMessageContaining("in use");
    }
    Files.delete(copy.resolve("backup.json"));
    assertThatThrownBy(() -> Backups.restore(copy, data, true, NOW))
        .hasMessageContaining("no whole backup");
  }

  @Test
  void saysWhatIsNoDataFolder() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    assertThatThrownBy(() -> Backups.make(other, copy, NOW, "1"))
        .hasMessageContaining("no hub, node or manager");
  }

  private Manifest make() {
    return Backups.make(data, copy, NOW, "1.0");
  }
}

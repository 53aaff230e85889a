package dev.jiggety.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.session.Settings.Look;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  @TempDir Path folder;

  @Test
  void whatIsChangedIsThereAtTheNextStart() {
    SettingsFile file = new SettingsFile(folder.resolve("not/yet/there"));
    file.change(known ->
        known
            .withHub(new KnownHub("http://a:1", "ann"))
            .withHub(new KnownHub("http://b:1", ""))
            .withHub(new KnownHub("http://a:1", "bob"))
            .withLook(new Look("dark", "de", 120, false))
            .withPlace("NODES")
            .withWindow(new WindowPlace(1500, 900, true, -800, 20)));
    Settings again = new SettingsFile(folder.resolve("not/yet/there")).get();
    assertThat(again).isEqualTo(file.get());
    assertThat(again.hubs())
        .containsExactly(new KnownHub("http://a:1", "bob"), new KnownHub("http://b:1", ""));
  }

  @Test
  void aFileThatIsBrokenIsAFirstStart() throws IOException {
    Files.writeString(folder.resolve("desktop.json"), "{\"hubs\": [");
    assertThat(new SettingsFile(folder).get()).isEqualTo(Settings.FIRST);
    Files.writeString(folder.resolve("desktop.json"), "{\"hubs\": 7, \"theme\": \"dark\"}");
    assertThat(new SettingsFile(folder).get()).isEqualTo(Settings.FIRST.withTheme("dark"));
  }

  @Test
  void aFolderThatCannotBeWrittenDoesNotStopTheProgram() throws IOException {
    Path occupied = Files.writeString(folder.resolve("file"), "in the way");
    SettingsFile file = new SettingsFile(occupied);
    file.change(known -> known.withTheme("dark"));
    assertThat(file.get().theme()).isEqualTo("dark");
  }
}

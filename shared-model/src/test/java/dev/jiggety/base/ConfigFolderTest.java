package dev.jiggety.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigFolderTest {

  @Test
  void theFolderIsWhereTheSystemWantsIt() {
    Path home = Path.of("/home/ann");
    assertThat(ConfigFolder.find("Linux", home, Map.of()))
        .isEqualTo(Path.of("/home/ann/.config/jiggety"));
    assertThat(ConfigFolder.find("Linux", home, Map.of("XDG_CONFIG_HOME", "/etc/ann")))
        .isEqualTo(Path.of("/etc/ann/jiggety"));
    assertThat(ConfigFolder.find("Linux", home, Map.of("XDG_CONFIG_HOME", "relative")))
        .isEqualTo(Path.of("/home/ann/.config/jiggety"));
    assertThat(ConfigFolder.find("Mac OS X", home, Map.of()))
        .isEqualTo(Path.of("/home/ann/Library/Application Support/Jiggety"));
  }
}

package dev.jiggety.agent.browser.chromium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
  @TempDir Path folder;

  @Test
  void saysWhatIsMissingAndHowToGetIt() throws IOException {
    assertThat(Programs.find(path()).missing())
        .hasValueSatisfying(why ->
            assertThat(why)
                .contains("Chromium and its driver")
                .contains("apt-get install chromium chromium-driver"));
    program("chromium");
    assertThat(Programs.find(path()).missing())
        .hasValueSatisfying(why -> assertThat(why).startsWith("Chromium's driver (chromedriver)"));
    program("chromedriver");
    assertThat(Programs.find(path()).missing()).isEmpty();
  }

  @Test
  void findsThemOnThePath() throws IOException {
    Path chromium = program("chromium");
    Path driver = program("chromedriver");
    Programs programs = Programs.find(path());
    assertThat(programs.chromium()).hasValue(chromium);
    assertThat(programs.driver()).hasValue(driver);
    assertThat(programs.certutil()).isEmpty();
  }

  @Test
  void theVariablesComeFirst() throws IOException {
    program("chromium");
    program("chromedriver");
    Path own = program("my-browser");
    Map<String, String> environment =
        Map.of("PATH", folder.toString(), "JIGGETY_CHROMIUM", own.toString());
    assertThat(Programs.find(environment).chromium()).hasValue(own);
    Map<String, String> wrong =
        Map.of("PATH", folder.toString(), "JIGGETY_CHROMEDRIVER", "/nowhere/driver");
    assertThat(Programs.find(wrong).missing())
        .hasValueSatisfying(
            why -> assertThat(why).contains("JIGGETY_CHROMEDRIVER").contains("/nowhere/driver"));
  }

  private Map<String, String> path() {
    return Map.of("PATH", "/does/not/exist:" + folder);
  }

  private Path program(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}

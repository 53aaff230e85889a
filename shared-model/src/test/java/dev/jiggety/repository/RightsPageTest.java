package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.HubRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page about rights says what the {@link RightsTable} says, which is what is tried out. */
class RightsPageTest {
  @Test
  void itsTableIsTheOneThatIsTriedOut() throws IOException {
    List<String> page =
        Files.readAllLines(Path.of("..", "docs", "operations", "rights.md")).stream()
            .dropWhile(line -> !line.startsWith("| database |"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(page).containsExactlyElementsOf(RightsTable.TEXT.lines().toList());
    assertThat(page.getFirst())
        .endsWith(
            String.join(
                    " | ", List.of(HubRole.values()).stream().map(RightsPageTest::name).toList())
                + " |");
  }

  private static String name(HubRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}

package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.model.rules.Placeholders.Reference;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
  private static final Map<String, String> VALUES =
      Map.of("secret.shop.api-key", "k${id}", "id", "7", "Token_2", "$1\\");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing | nothing
          /cart/${id}/x | /cart/7/x
          ${id}${id} | 77
          Bearer ${secret.shop.api-key} | Bearer k${id}
          ${Token_2} | $1\\
          $${id} and ${id} | ${id} and 7
          $${secret.none} | ${secret.none}
          """)
  void putsIn(String text, String filled) {
    assertThat(Placeholders.fill(text, VALUES::get)).isEqualTo(filled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${}",
        "${ id }",
        "${1a}",
        "${secret.UPPER}",
        "${secret.}",
        "${a.b}",
        "${id",
        "$id"
      })
  void whatIsNoNameIsText(String text) {
    assertThat(Placeholders.fill(text, VALUES::get)).isEqualTo(text);
    assertThat(Placeholders.find(text)).isEmpty();
  }

  @Test
  void namesWhatIsThere() {
    assertThat(Placeholders.find("${id} $${no} ${secret.a.b_c-1}"))
        .containsExactly(new Reference("id", false, 0), new Reference("a.b_c-1", true, 13));
  }

  @Test
  void whatIsNotThereIsNamedWithItsPlace() {
    assertThatThrownBy(() -> Placeholders.fill("a ${secret.gone}", VALUES::get))
        .hasMessage(
            "${secret.gone} at character 3 is not defined; the node has no secret of that name");
    assertThatThrownBy(() -> Placeholders.fill("${gone}", VALUES::get))
        .hasMessageContaining("nothing before it captured or set it");
  }
}

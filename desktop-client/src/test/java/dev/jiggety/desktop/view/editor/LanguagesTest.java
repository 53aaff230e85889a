package dev.jiggety.desktop.view.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.view.editor.form.CronPattern;
import dev.jiggety.desktop.view.editor.form.CronPattern.Repeat;
import dev.jiggety.desktop.view.editor.form.SecretNames;
import dev.jiggety.desktop.view.editor.script.Language.Completion;
import dev.jiggety.desktop.view.editor.script.Language.Mark;
import dev.jiggety.desktop.view.editor.script.Twill;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an editor offers while somebody types. */
class LanguagesTest {
  private final SecretNames secrets = new SecretNames();
  private final Twill twill =
      new Twill(
          () -> List.of("user"),
          before ->
              secrets.after(before).stream()
                  .map(it -> new Completion(it, "", secrets.begin(before)))
                  .toList());

  @Test
  void commandsAndWhatTheyTakeAreOffered() {
    assertThat(inserts("fin")).containsExactly("find ", "findall ");
    assertThat(inserts("find tea ")).contains("i", "x");
    assertThat(inserts("show h")).containsExactly("html", "history");
    assertThat(inserts("go $us")).containsExactly("${user}");
    assertThat(inserts("# fin")).isEmpty();
    assertThat(twill.explain("  find x")).startsWith("find <pattern>");
  }

  @Test
  void namesOfSecretsAreOfferedAndNoValue() {
    secrets.know(SecretNames.in(List.of("a ${secret.shop} b", "${secret.shelf}", "${token}")));
    assertThat(inserts("fv 1 password ${sec")).containsExactly("${secret.shelf}", "${secret.shop}");
    assertThat(inserts("fv 1 password ${secret.sho")).containsExactly("${secret.shop}");
  }

  @Test
  void linesHaveTheirColours() {
    assertThat(twill.marks("find \"a # b\" # look"))
        .containsExactly(
            new Mark(0, 4, "word"), new Mark(5, 12, "text"), new Mark(13, 19, "comment"));
    assertThat(twill.marks("fnd ${user}"))
        .containsExactly(new Mark(0, 3, "unknown"), new Mark(4, 11, "variable"));
  }

  @Test
  void calendarsAreClickedTogetherAndReadBack() {
    for (String expression :
        List.of("5 * * * *", "30 9 * * *", "0 18 * * 1-5", "0 9 1 * *", "15 7 * * 2,7")) {
      assertThat(CronPattern.of(expression)).as(expression).isPresent();
      assertThat(CronPattern.of(expression).orElseThrow().expression()).isEqualTo(expression);
    }
    for (String other : List.of("*/5 * * * *", "@hourly", "0 9 1 * 1", "61 * * * *", "")) {
      assertThat(CronPattern.of(other)).as(other).isEmpty();
    }
    CronPattern weekly = CronPattern.USUAL.every(Repeat.WEEKLY);
    assertThat(weekly.expression()).isEqualTo("0 9 * * 1-5");
    assertThat(weekly.toggle(3).expression()).isEqualTo("0 9 * * 1,2,4,5");
    assertThat(weekly.at("7:30").orElseThrow().time()).isEqualTo("07:30");
    assertThat(weekly.at("25:00")).isEmpty();
  }

  private List<String> inserts(String before) {
    return twill.complete(before).stream().map(Completion::insert).toList();
  }
}

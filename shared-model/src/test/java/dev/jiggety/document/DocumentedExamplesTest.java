package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.model.rules.TestRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages in docs/documents are what the program reads and writes, to the letter. */
class DocumentedExamplesTest {
  private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final List<DocumentType<?>> TYPES =
      List.of(
          TestDocument.TYPE,
          BatchDocument.TYPE,
          NodeDocument.TYPE,
          PatchDocument.TYPE,
          RolloutDocument.TYPE,
          HeadDocument.TYPE,
          StrategyDocument.TYPE);

  @ParameterizedTest
  @MethodSource("types")
  <T> void everyExampleIsReadAndWrittenAsItStands(DocumentType<T> type) throws IOException {
    List<JsonObject> examples = examples(page(type));
    assertThat(examples).isNotEmpty();
    for (JsonObject example : examples) {
      T value = type.read(example);
      assertThat(type.write(value)).isEqualTo(example);
      assertThat(type.id(value)).isEqualTo(example.get("_id").getAsString());
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyFieldOfTheExamplesIsInTheTable(DocumentType<?> type) throws IOException {
    String page = page(type);
    String table = page.substring(0, page.indexOf("```json"));
    Set<String> names = new TreeSet<>();
    examples(page).forEach(example -> collectNames(example, names));
    assertThat(names)
        .allSatisfy(name -> assertThat(table).containsPattern("[`.\\]{ ,]" + name + "[`.\\[, }]"));
  }

  @Test
  void theExamplesOfTestsAreTestsThatCanRun() throws IOException {
    for (JsonObject example : examples(page(TestDocument.TYPE))) {
      assertThat(TestRules.problems(TestDocument.TYPE.read(example))).isEmpty();
    }
  }

  static Stream<DocumentType<?>> types() {
    return TYPES.stream();
  }

  private static List<JsonObject> examples(String page) {
    return JSON.matcher(page)
        .results()
        .map(found -> JsonParser.parseString(found.group(1)).getAsJsonObject())
        .toList();
  }

  private static void collectNames(JsonElement json, Set<String> names) {
    if (json instanceof JsonObject object) {
      object
          .entrySet()
          .forEach(member -> {
            names.add(Matcher.quoteReplacement(member.getKey()));
            collectNames(member.getValue(), names);
          });
    } else if (json instanceof JsonArray array) {
      array.forEach(item -> collectNames(item, names));
    }
  }

  private static String page(DocumentType<?> type) throws IOException {
    Path page = Path.of("docs", "documents", type.type() + ".md");
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (Files.exists(up.resolve(page))) {
        return Files.readString(up.resolve(page));
      }
    }
    throw new AssertionError("no " + page + " in this or any folder above");
  }
}

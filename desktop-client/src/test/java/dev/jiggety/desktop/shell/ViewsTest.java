package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.fxml.FXML;
import org.junit.jupiter.api.Test;

/** What the compiler cannot see: keys of texts, controllers and ids that FXML names. */
class ViewsTest {
  private static final Path MAIN = Path.of("src", "main");
  private static final ResourceBundle TEXTS = new Texts(Locale.ENGLISH).bundle();

  @Test
  void everyKeyThatAViewNamesHasAText() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (Path view : files(".fxml")) {
      keys.addAll(find("\"%([\\w.]+)\"", Files.readString(view)));
    }
    assertThat(keys).isNotEmpty();
    assertThat(TEXTS.keySet()).containsAll(keys);
  }

  @Test
  void everyKeyThatCodeNamesHasATextAndNoTextIsLeftOver() throws IOException {
    String code = all(".java") + all(".fxml");
    Set<String> named = find("(?:texts|texts\\(\\))\\s*\\.get\\(\\s*\"([\\w.]+)\"\\s*[,)]", code);
    assertThat(TEXTS.keySet()).containsAll(named);
    // Keys that are put together from a beginning and the name of a constant.
    Set<String> begun = find("\"([\\w.]+\\.)\" \\+", code);
    Set<String> asked = find("\\.get\\(\\s*\"([\\w.]+\\.)\" \\+", code);
    assertThat(asked)
        .as("beginnings of keys that no text has")
        .allMatch(part -> TEXTS.keySet().stream().anyMatch(key -> key.startsWith(part)));
    assertThat(
            TEXTS.keySet().stream()
                .filter(key -> !code.contains("\"" + key + "\"") && !code.contains("%" + key))
                .filter(key -> begun.stream().noneMatch(key::startsWith))
                .filter(
                    key -> !code.contains("\"" + key.replaceAll("\\.(title|text)$", "") + "\"")))
        .as("texts that nothing shows")
        .isEmpty();
  }

  @Test
  void everyViewNamesItsOwnControllerAndTheControllerHasItsFields() throws Exception {
    List<Path> views = files(".fxml");
    assertThat(views).hasSizeGreaterThanOrEqualTo(7);
    for (Path view : views) {
      String text = Files.readString(view);
      String name = find("fx:controller=\"([\\w.]+)\"", text).iterator().next();
      Class<?> controller = Class.forName(name);
      assertThat(controller.getResource(view.getFileName().toString())).isNotNull();
      assertThat(controller.getSimpleName() + ".java")
          .isEqualTo(view.getFileName().toString().replace("View.fxml", "Controller.java"));
      Set<String> ids = find("fx:id=\"(\\w+)\"", text);
      Set<String> fields =
          Arrays.stream(controller.getDeclaredFields())
              .filter(field -> field.isAnnotationPresent(FXML.class))
              .map(Field::getName)
              .collect(Collectors.toSet());
      assertThat(ids).as("ids in %s", view).containsAll(fields);
      for (String handler : find("onAction=\"#(\\w+)\"", text)) {
        assertThat(controller.getDeclaredMethod(handler).isAnnotationPresent(FXML.class))
            .as("%s in %s", handler, controller)
            .isTrue();
      }
    }
  }

  @Test
  void everyPatternOfATextCanBeFilled() {
    Texts texts = new Texts(Locale.ENGLISH);
    for (String key : TEXTS.keySet()) {
      assertThat(texts.get(key, 1, 1, 1, 1, 1)).as(key).isNotBlank().doesNotContain("{");
      assertThat(TEXTS.getString(key)).as("a lone ' vanishes in a pattern").doesNotContain("'");
    }
  }

  private static String all(String ending) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files(ending)) {
      text.append(Files.readString(file));
    }
    return text.toString();
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Set<String> find(String regex, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(regex).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}

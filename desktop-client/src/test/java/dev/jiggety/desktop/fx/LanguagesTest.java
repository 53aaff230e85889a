package dev.jiggety.desktop.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that the program says in English is missing in German. */
class LanguagesTest {
  private static final Pattern PLACE = Pattern.compile("\\{(\\d+)");

  static Stream<String> rooms() {
    return Texts.ROOMS.stream();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void everyTextIsThereInGerman(String room) throws IOException {
    Properties german = words(room, "texts_de.properties");
    assertThat(german).as("German words of the room \"%s\"", room).isNotNull();
    Properties english = Objects.requireNonNull(words(room, "texts.properties"));
    assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      String text = german.getProperty(key);
      assertThat(places(text)).as(key).isEqualTo(places(english.getProperty(key)));
      assertThat(text).as(key).doesNotContain("'").doesNotContainPattern("\\b(Sie|du|dein\\w*)\\b");
    }
  }

  @Test
  void everyPatternCanBeFilled() {
    Texts texts = new Texts(Locale.GERMAN);
    for (String key : texts.bundle().keySet()) {
      assertThat(texts.get(key, 1, 1, 1, 1, 1)).as(key).isNotBlank().doesNotContain("{");
    }
  }

  @Test
  void theLanguageIsTheChosenOneElseTheSystems() {
    assertThat(Texts.in("", Locale.GERMANY).get("cancel")).isEqualTo("Abbrechen");
    assertThat(Texts.in("", Locale.of("de", "CH")).get("cancel")).isEqualTo("Abbrechen");
    assertThat(Texts.in("", Locale.FRANCE).get("cancel")).isEqualTo("Cancel");
    assertThat(Texts.in("en", Locale.GERMANY).get("cancel")).isEqualTo("Cancel");
    assertThat(Texts.in("de", Locale.UK).get("cancel")).isEqualTo("Abbrechen");
    assertThat(Texts.in("en", Locale.UK).locale()).as("dates as here").isEqualTo(Locale.UK);
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Matcher matcher = PLACE.matcher(text);
    while (matcher.find()) {
      places.add(matcher.group(1));
    }
    return places;
  }

  private static @Nullable Properties words(String room, String file) throws IOException {
    String folder = "/dev/jiggety/desktop/" + (room.isEmpty() ? "" : room.replace('.', '/') + "/");
    var stream = LanguagesTest.class.getResourceAsStream(folder + file);
    if (stream == null) {
      return null;
    }
    Properties words = new Properties();
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      words.load(reader);
    }
    return words;
  }
}

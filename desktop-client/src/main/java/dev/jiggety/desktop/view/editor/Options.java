package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check.Dns.RecordType;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** What there is to choose from, by the name of the field, and the words for it. */
final class Options {
  private final Texts texts;

  Options(Texts texts) {
    this.texts = texts;
  }

  /** What a box of that field offers. */
  static List<String> of(String field) {
    return switch (field) {
      case "method" -> List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
      case "sends" -> List.of("none", "body", "json", "form", "parts");
      case "by" -> List.of("none", "basic", "bearer");
      case "as" -> List.of("content", "base64");
      case "when" -> List.of("every", "cron");
      case "agree" -> List.of("percent", "nodes");
      case "engine" -> Arrays.stream(Engine.values()).map(Engine::label).toList();
      case "version" ->
          Arrays.stream(Connection.Version.values()).map(Connection.Version::label).toList();
      case "family" ->
          Arrays.stream(Connection.Family.values()).map(Connection.Family::label).toList();
      case "record" -> Arrays.stream(RecordType.values()).map(RecordType::label).toList();
      case "from" ->
          Stream.of(Target.JSON, Target.HEADER, Target.BODY, Target.CSS, Target.XPATH)
              .map(Target::label)
              .toList();
      case "zone" -> ZoneId.getAvailableZoneIds().stream().sorted().toList();
      default -> List.of();
    };
  }

  /** The word for a value: its own where nobody has a better one. */
  String word(String field, @Nullable String value) {
    String key = "option." + field + "." + value;
    return value == null ? "" : texts.bundle().containsKey(key) ? texts.get(key) : value;
  }

  /** Lets a box that nobody types into show words instead of values. */
  void dress(ComboBox<String> box, String field) {
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable String value) {
            return word(field, value);
          }

          @Override
          public String fromString(String text) {
            return text;
          }
        });
  }
}

package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import dev.jiggety.model.TestDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageFieldsTest {
  @TempDir private Path folder;

  static List<Check.Page> checks() {
    return List.of(
        Check.Page.of("https://shop.example/?k=${secret.key}"),
        new Check.Page(
            "http://shop.example/",
            Engine.CHROMIUM,
            390,
            844,
            Duration.ofMillis(1500),
            new Connection(
                Connection.Version.HTTP_1_1,
                Connection.Family.IPV4,
                "127.0.0.1",
                null,
                null,
                null,
                null,
                null)));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void nothingIsLostInDocumentsAndFiles(Check.Page page) throws Exception {
    TestDefinition test = TestDefinition.builder("shop", page).build();
    assertThat(TestDocument.TYPE.read(TestDocument.TYPE.write(test))).isEqualTo(test);
    String yaml = TestYaml.write(test);
    Path file = Files.writeString(folder.resolve("shop.yaml"), yaml);
    assertThat(TestYaml.readAll(List.of(file))).containsExactly(test);
    assertThat(TestYaml.write(TestYaml.readAll(List.of(file)).getFirst())).isEqualTo(yaml);
  }

  @Test
  void defaultsAreNotWritten() {
    TestDefinition test = TestDefinition.builder("shop", checks().getFirst()).build();
    assertThat(TestDocument.TYPE.write(test).get("page"))
        .isEqualTo(JsonParser.parseString("{\"url\":\"https://shop.example/?k=${secret.key}\"}"));
  }
}

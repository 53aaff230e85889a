package dev.jiggety.agent.store.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put into a node comes out as it was, digit by digit. */
class RowJsonTest {

  private static void checkReads(String text) {
    var bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);

    var value = RowJson.read(bytes, 1, bytes.length - 1);

    assertThat(new String(RowJson.write(value), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-7",
        "1.0",
        "-0.50",
        "1e5",
        "1E+400",
        "999999999999999999",
        "-1234567890123456789",
        "9223372036854775808",
        "123456789012345678901234567890",
        "\"\"",
        "\"5\"",
        "\"tab\\t quote\\\" \u00e9 \ud83d\ude00\"",
        "[]",
        "{}",
        "[0]",
        "[0,-1,22,999999999999999999]",
        "[1,-0]",
        "[1,9223372036854775807]",
        "[1,2.50]",
        "[-1,[2]]",
        "[\"1\",2]",
        "[null]",
        "{\"b\":[1,{\"a\":1.0}],\"a\":null,\"\":true}",
      })
  void readsWhatItHasWritten(String text) {
    checkReads(text);
  }

  @Test
  void readsWhatIsNestedDeeply() {
    checkReads("[".repeat(300) + "]".repeat(300));
  }
}

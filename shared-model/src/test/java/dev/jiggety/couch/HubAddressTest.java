package dev.jiggety.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubAddressTest {

  @ParameterizedTest
  @CsvSource({
    "hub.example, http://hub.example:5984",
    "localhost:8080, http://localhost:8080",
    "127.0.0.1:5984/, http://127.0.0.1:5984",
    "http://hub.example, http://hub.example:80",
    "HTTPS://Hub.Example/, https://hub.example:443",
    "https://hub.example:6984/couch//, https://hub.example:6984/couch",
    "' http://[::1]:5984 ', http://[::1]:5984"
  })
  void whatPeopleWriteIsUnderstood(String written, String base) {
    assertThat(parse(written)).hasToString(base);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ada:s3cret@hub.example/",
        "ada:s3cret@hub.example",
        "https://ada@hub.example:1"
      })
  void aNameOrPasswordInItIsRefusedAndNotRepeated(String written) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(written))
        .withMessageContaining("JIGGETY_PASSWORD")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret", "ada"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ftp://hub.example",
        "http://",
        "http://hub.example:99999",
        "http://hub.example:x",
        "http://hub.example/?a=b",
        "http://hub.example/#a",
        "http://hub example"
      })
  void anythingElseIsRefusedWithAnExample(String written) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(written))
        .withMessageContaining("write it like http://hub.example:5984");
  }

  private static HubAddress parse(String text) {
    return HubAddress.parse(text, Optional.empty());
  }
}

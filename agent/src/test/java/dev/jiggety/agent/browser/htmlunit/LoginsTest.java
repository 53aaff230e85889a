package dev.jiggety.agent.browser.htmlunit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginsTest {
  private static final String CHALLENGE = "Basic realm=\"The sty\", charset=\"UTF-8\"";

  @ParameterizedTest
  @CsvSource({
    "http://shop.example,http://shop.example/,true",
    "http://shop.example,http://shop.example,true",
    "http://shop.example,http://shop.example?q=1,true",
    "http://shop.example/,http://shop.example/private,true",
    "http://shop.example/private,http://shop.example/private/x,true",
    "http://shop.example,http://shop.example.evil/,false",
    "http://shop.example,http://shop.example:81/,false",
    "http://shop.example,http://shop.example@evil/,false",
    "http://shop.example/private,http://shop.example/,false",
    "https://shop.example/,http://shop.example/,false"
  })
  void aPasswordGoesWhereItIsMeantFor(String meant, String asked, boolean goes) {
    Logins logins = new Logins();
    logins.add("", meant, "jack", "fat pig");
    assertThat(logins.answer(asked, CHALLENGE).isPresent()).isEqualTo(goes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Basic realm=\"The sty\"|true",
        "basic realm=\"The sty\"|true",
        "Digest realm=\"x\", nonce=\"1\", Basic realm=\"The sty\"|true",
        "Basic realm=\"Another\"|false",
        "Basic|false",
        "Bearer realm=\"The sty\"|false"
      })
  void aPasswordIsForItsRealm(String challenge, boolean goes) {
    Logins logins = new Logins();
    logins.add("The sty", "http://shop.example/", "jack", "fat pig");
    assertThat(logins.answer("http://shop.example/a", challenge).isPresent()).isEqualTo(goes);
  }

  @Test
  void theNewestOneCounts() {
    Logins logins = new Logins();
    logins.add("", "http://shop.example/", "jack", "thin");
    logins.add("", "http://shop.example/", "Jürgen", "fat");
    assertThat(logins.answer("http://shop.example/", "Basic realm=x"))
        .contains("Basic SsO8cmdlbjpmYXQ=");
  }
}

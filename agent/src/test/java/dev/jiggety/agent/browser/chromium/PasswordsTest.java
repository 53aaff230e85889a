package dev.jiggety.agent.browser.chromium;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private final Passwords passwords = new Passwords(Optional.empty());

  @Test
  void givesThePasswordWhereItBelongs() {
    passwords.add("The sty", "http://pigs.example/", "jack", "fat");
    assertThat(answer("1", "http://pigs.example/private", "The sty")).isEqualTo("jack:fat");
  }

  @Test
  void keepsItFromOtherRealmsAndSites() {
    passwords.add("The sty", "http://pigs.example/", "jack", "fat");
    assertThat(answer("1", "http://pigs.example/private", "Another")).isEqualTo("CancelAuth");
    assertThat(answer("2", "http://wolf.example/http://pigs.example/", "The sty"))
        .isEqualTo("CancelAuth");
    assertThat(answer("3", "http://pigs.example@wolf.example/", "The sty")).isEqualTo("CancelAuth");
  }

  @Test
  void anAddressWithoutPathIsNoOtherHosts() {
    passwords.add("", "http://pigs.example", "jack", "fat");
    assertThat(answer("1", "http://pigs.example.wolf.example/", "")).isEqualTo("CancelAuth");
    assertThat(answer("2", "http://pigs.example/sty", "")).isEqualTo("jack:fat");
  }

  @Test
  void givesAWrongOneOnlyOnce() {
    passwords.add("", "http://pigs.example/", "jack", "wrong");
    assertThat(answer("1", "http://pigs.example/private", "The sty")).isEqualTo("jack:wrong");
    assertThat(answer("1", "http://pigs.example/private", "The sty")).isEqualTo("CancelAuth");
  }

  @Test
  void holdsUpOnlyRequestsThatMayNeedOne() {
    assertThat(passwords.needed()).isFalse();
    passwords.add("", "http://pigs.example/a?b", "jack", "fat");
    assertThat(passwords.needed()).isTrue();
    assertThat(passwords.patterns().toString())
        .contains("http://pigs.example/a\\\\?b*")
        .doesNotContain("fat");
  }

  private String answer(String request, String url, String realm) {
    JsonObject asked =
        Json.with(
            "requestId", request,
            "request", Json.with("url", url),
            "authChallenge", Json.with("source", "Server", "realm", realm));
    JsonObject answer = passwords.answer(asked);
    String response = Json.text(answer, "response");
    return response.equals("ProvideCredentials")
        ? Json.text(answer, "username") + ":" + Json.text(answer, "password")
        : response;
  }
}

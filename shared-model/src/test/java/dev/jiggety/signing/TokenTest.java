package dev.jiggety.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jiggety.base.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenTest {
  private static final String KEY = "39f713d0a644253f04529421b9f51b9b";

  private final Secret secret = MachinePassword.draw();

  @Test
  void whatIsWrittenIsRead() {
    for (Optional<String> certificate :
        List.of(Optional.<String>empty(), Optional.of("ab".repeat(32)))) {
      Token token = new Token(Token.newId(), secret, KEY, certificate);

      assertThat(Token.parse(" " + token.reveal() + "\n")).isEqualTo(token);
      assertThat(token.toString()).doesNotContain(secret.reveal());
    }
  }

  @Test
  void oneThatIsNotWholeIsRefusedAndNotShown() {
    String whole = new Token(Token.newId(), secret, KEY, Optional.empty()).reveal();
    for (int length = 0; length < whole.length(); length++) {
      String part = whole.substring(0, length);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Token.parse(part))
          .withMessageContaining("not all of it")
          .withMessageNotContaining(secret.reveal().substring(0, 8));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Token.parse(whole + ".ab"));
  }

  @Test
  void noTwoSecretsAreAlikeAndEachFitsItsHashAlone() {
    Secret other = MachinePassword.draw();

    assertThat(secret.reveal()).hasSize(MachinePassword.LENGTH).isNotEqualTo(other.reveal());
    assertThat(MachinePassword.fits(secret, MachinePassword.hash(secret))).isTrue();
    assertThat(MachinePassword.fits(other, MachinePassword.hash(secret))).isFalse();
    assertThat(MachinePassword.hash(secret)).isNotEqualTo(MachinePassword.hash(secret));
  }
}

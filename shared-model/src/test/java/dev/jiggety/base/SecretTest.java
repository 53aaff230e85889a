package dev.jiggety.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void aSecretShowsItselfOnlyWhenAsked() {
    Secret secret = Secret.of("s3cret");
    assertThat(secret.toString()).isEqualTo("*****");
    assertThat("%s %d".formatted(secret, secret.hashCode())).doesNotContain("s3cret");
    assertThat(secret.reveal()).isEqualTo("s3cret");
    assertThat(secret).isEqualTo(Secret.of("s3cret")).isNotEqualTo(Secret.of("other"));
  }
}

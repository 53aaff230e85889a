package dev.jiggety.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://shop.example/?key=s3cret",
        "http://me:s3cret@shop.example/",
        "http://shop.example/#?key=s3cret"
      })
  void whatMayHoldASecretIsNotRemembered(String address) {
    assertThat(Addresses.parse(address))
        .isEqualTo(Addresses.parse(address))
        .isNotSameAs(Addresses.parse(address));
  }

  @ParameterizedTest
  @ValueSource(strings = "http://shop.example/basket")
  void anotherIsParsedOnce(String address) {
    assertThat(Addresses.parse(address)).isNotNull().isSameAs(Addresses.parse(address));
  }
}

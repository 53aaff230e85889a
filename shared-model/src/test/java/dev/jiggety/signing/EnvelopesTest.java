package dev.jiggety.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.model.Envelope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sealed once, opened by each recipient and by nobody else. */
class EnvelopesTest {
  private static final String WHAT = "a pot of tea";
  private static final byte[] CONTENT = "tea for two".getBytes(StandardCharsets.UTF_8);
  private final SealingKey north = SealingKey.generate();
  private final SealingKey south = SealingKey.generate();

  @Test
  void eachRecipientOpensItAndNobodyElse() throws Exception {
    Envelope sealed =
        Envelopes.seal(CONTENT, Map.of("north", north.open(), "south", south.open()), WHAT);
    assertThat(Envelopes.open(sealed, "north", north, WHAT)).isEqualTo(CONTENT);
    assertThat(Envelopes.open(sealed, "south", south, WHAT)).isEqualTo(CONTENT);
    assertThatThrownBy(() -> Envelopes.open(sealed, "north", south, WHAT))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> Envelopes.open(sealed, "east", north, WHAT))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("east");
    assertThat(sealed.toString()).isEqualTo("Envelope[north, south]");
  }

  @Test
  void whatIsSealedForOneThingIsNothingElse() {
    Envelope sealed = Envelopes.seal(CONTENT, Map.of("north", north.open()), WHAT);
    assertThatThrownBy(() -> Envelopes.open(sealed, "north", north, "a pot of coffee"))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void aChangedContentIsNotOpened() {
    Envelope sealed = Envelopes.seal(CONTENT, Map.of("north", north.open()), WHAT);
    byte[] changed = sealed.content().clone();
    changed[changed.length - 1] ^= 1;
    assertThatThrownBy(
            () -> Envelopes.open(new Envelope(changed, sealed.slips()), "north", north, WHAT))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void somebodyMoreLeavesTheContentAndTheOthersAsTheyAre() throws Exception {
    Envelope first = Envelopes.seal(CONTENT, Map.of("north", north.open()), WHAT);
    Map<String, String> both = Map.of("north", north.open(), "south", south.open());
    Envelope wider = Envelopes.with(first, both, "north", north, WHAT);
    assertThat(wider.content()).isEqualTo(first.content());
    assertThat(wider.slips()).containsEntry("north", first.slips().get("north"));
    assertThat(Envelopes.open(wider, "south", south, WHAT)).isEqualTo(CONTENT);
  }

  @Test
  void aNewKeyOfTheSameNameIsSealedAnew() throws Exception {
    Envelope first = Envelopes.seal(CONTENT, Map.of("north", north.open()), WHAT);
    SealingKey renewed = SealingKey.generate();
    assertThat(Envelopes.isFor(first, "north", renewed.open())).isFalse();
    Map<String, String> next = new TreeMap<>(Map.of("north", renewed.open()));
    Envelope wider = Envelopes.with(first, next, "north", north, WHAT);
    assertThat(Envelopes.open(wider, "north", renewed, WHAT)).isEqualTo(CONTENT);
  }

  @Test
  void theSameContentNeverLooksTheSame() {
    Map<String, String> to = Map.of("north", north.open());
    assertThat(Envelopes.seal(CONTENT, to, WHAT).content())
        .isNotEqualTo(Envelopes.seal(CONTENT, to, WHAT).content());
  }
}

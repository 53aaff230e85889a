package dev.jiggety.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.testing.Samples;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrustTest {
  private final TrustedKey ada = SigningKey.generate("ada", Role.OPERATOR).trusted();
  private final TrustedKey manager = SigningKey.generate("m1", Role.MANAGER).trusted();

  @Test
  void theKeysOfAConfigurationAreBelieved() {
    JsonObject falseId = KeyDocument.TYPE.write(SigningKey.generate("eve", Role.MANAGER).trusted());
    falseId.addProperty("_id", "key:" + "0".repeat(32));
    JsonObject broken = new JsonObject();
    broken.addProperty("_id", "key:broken");
    Configuration configuration =
        configuration(
            KeyDocument.TYPE.write(ada),
            KeyDocument.TYPE.write(manager),
            falseId,
            broken,
            TestDocument.TYPE.write(Samples.test("shop")));
    Trust trust = Trust.in(configuration);
    assertThat(trust).isEqualTo(Trust.of(List.of(ada, manager)));
    assertThat(trust.find(ada.id())).contains(ada);
    assertThat(Trust.in(Configuration.EMPTY)).isEqualTo(Trust.NONE);
  }

  @Test
  void trustAddsUp() {
    Trust both = Trust.of(List.of(ada)).and(Trust.of(List.of(manager)));
    assertThat(both.isWithout(Role.MANAGER)).isFalse();
    assertThat(Trust.of(List.of(ada)).isWithout(Role.MANAGER)).isTrue();
    assertThat(both.keys()).containsOnlyKeys(ada.id(), manager.id());
  }

  private static Configuration configuration(JsonObject... documents) {
    TreeMap<String, Content> contents = new TreeMap<>();
    for (JsonObject document : documents) {
      contents.put(document.get("_id").getAsString(), Contents.of(document));
    }
    return new Configuration(contents);
  }
}

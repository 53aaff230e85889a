package dev.jiggety.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jiggety.couch.Credentials;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeIdentityTest {
  @TempDir private Path data;

  private static NodeIdentity paris() {
    return new NodeIdentity(
        "paris",
        new TreeSet<>(List.of("eu", "prod")),
        List.of("https://hub.example:6984", "https://spare.example:6984"),
        DatabaseNames.DEFAULT,
        Credentials.of("paris", "a long password"),
        List.of(SigningKey.generate("m1", TrustedKey.Role.MANAGER).trusted()),
        SealingKey.generate(),
        "-----BEGIN CERTIFICATE-----\n");
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    NodeIdentity paris = paris();
    assertThat(NodeIdentity.isIn(data)).isFalse();

    paris.write(data);

    NodeIdentity read = NodeIdentity.read(data);
    assertThat(NodeIdentity.isIn(data)).isTrue();
    assertThat(read).usingRecursiveComparison().ignoringFields("sealing").isEqualTo(paris);
    assertThat(read.sealing().open()).isEqualTo(paris.sealing().open());
    assertThat(read.addresses())
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.credentials()).isPresent());
  }

  @Test
  void anotherNodeDoesNotTakeItsFolder() throws IOException {
    paris().write(data);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> paris().write(data))
        .withMessageContaining("another node's sealing key");
  }

  @Test
  void aDamagedOneIsNamed() throws IOException {
    paris().write(data);
    Path file = data.resolve(NodeIdentity.FOLDER).resolve("node.json");
    Files.writeString(file, "{\"schema\": 1, \"name\"");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeIdentity.read(data))
        .withMessageContaining("node.json is damaged");

    Files.writeString(file, "{\"schema\": 2}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeIdentity.read(data))
        .withMessageContaining("newer version");
  }
}

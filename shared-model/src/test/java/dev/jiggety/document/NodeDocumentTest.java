package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.testing.Samples;
import java.time.Instant;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NodeDocumentTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");

  @Test
  void nothingIsLostOnTheWay() {
    NodeStatus full = Samples.node("node-1", NOW);
    assertThat(NodeDocument.TYPE.read(NodeDocument.TYPE.write(full))).isEqualTo(full);
    NodeStatus young =
        new NodeStatus("n", new TreeSet<>(), "", NOW, NOW, 0, 0, 0, null, null, null, null);
    assertThat(NodeDocument.TYPE.read(NodeDocument.TYPE.write(young))).isEqualTo(young);
  }
}

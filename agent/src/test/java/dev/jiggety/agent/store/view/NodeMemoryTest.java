package dev.jiggety.agent.store.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeMemoryTest {
  private static final TreeNode NODE =
      new TreeNode.Leaf(
          List.of(
              TreeNode.Entry.of(
                  new byte[] {1}, new ViewRow("id", new JsonPrimitive(1), new JsonPrimitive(2)))));

  private final NodeMemory memory = new NodeMemory(10 * NODE.memory());
  private final NodeCache one = new NodeCache(memory);
  private final NodeCache other = new NodeCache(memory);

  @Test
  void allIndexesTogetherKeepToTheBound() {
    for (long id = 0; id < 100; id++) {
      one.put(id, NODE);
      other.put(id, NODE);
      assertThat(memory.used()).isLessThanOrEqualTo(10 * NODE.memory());
    }
  }

  @Test
  void whatWasNotAskedForLongestGoesFirstWhoseverItIs() {
    for (long id = 0; id < 10; id++) {
      one.put(id, NODE);
    }
    assertThat(one.get(0)).isSameAs(NODE);
    other.put(0, NODE);
    assertThat(other.get(0)).isSameAs(NODE);
    assertThat(one.get(0)).isSameAs(NODE);
    assertThat(one.get(1)).isNull();
  }

  @Test
  void whatIsForgottenTakesNoMemoryAndTouchesNobodyElse() {
    one.put(7, NODE);
    other.put(7, NODE);
    one.clear();
    assertThat(one.get(7)).isNull();
    assertThat(other.get(7)).isSameAs(NODE);
    other.remove(7);
    assertThat(memory.used()).isZero();
  }
}

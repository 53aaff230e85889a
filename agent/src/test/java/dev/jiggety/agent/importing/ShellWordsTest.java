package dev.jiggety.agent.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShellWordsTest {
  @Test
  void splitsAsAShellDoes() {
    assertThat(ShellWords.split("a 'b c' \"d \\\"e\\\" $f\" g\\ h ''"))
        .containsExactly("a", "b c", "d \"e\" $f", "g h", "");
    assertThat(ShellWords.split("a \\\n  b\\\r\n c")).containsExactly("a", "b", "c");
    assertThat(ShellWords.split("a'b'\"c\"d")).containsExactly("abcd");
    assertThat(ShellWords.split("$'it\\'s \\u00e4\\n\\x41' $x")).containsExactly("it's ä\nA", "$x");
    assertThat(ShellWords.split("\"a\\nb\""))
        .as("no escape in double quotes")
        .containsExactly("a\\nb");
  }

  @Test
  void refusesAQuoteThatIsNotClosed() {
    for (String text : new String[] {"a 'b", "a \"b", "a \"b\\", "$'b", "$'b\\"}) {
      assertThatThrownBy(() -> ShellWords.split(text)).hasMessageContaining("not closed");
    }
    assertThatThrownBy(() -> ShellWords.split("$'\\u00g1'")).hasMessageContaining("hexadecimal");
  }
}

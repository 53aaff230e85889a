package dev.jiggety.jsonpath;

import com.google.gson.JsonElement;
import java.util.List;

/** What a condition looks at. */
sealed interface Operand permits Operand.Literal, Operand.Call, Query {
  /** A value that stands in the path. */
  record Literal(JsonElement value) implements Operand {}

  /** A function of RFC 9535 §2.4. */
  record Call(Function function, List<Operand> arguments) implements Operand {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** What can be called. */
  enum Function {
    LENGTH(1, false, false),
    COUNT(1, true, false),
    VALUE(1, true, false),
    MATCH(2, false, true),
    SEARCH(2, false, true);

    /** How many arguments. */
    final int arguments;

    /** Whether it takes any number of nodes, not a single value. */
    final boolean takesNodes;

    /** Whether it is true or false, not a value. */
    final boolean logical;

    Function(int arguments, boolean takesNodes, boolean logical) {
      this.arguments = arguments;
      this.takesNodes = takesNodes;
      this.logical = logical;
    }
  }
}

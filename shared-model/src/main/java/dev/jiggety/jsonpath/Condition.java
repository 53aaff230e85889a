package dev.jiggety.jsonpath;

import java.util.List;

/** What a filter asks of a node. */
sealed interface Condition {
  /** One of them holds. */
  record Or(List<Condition> any) implements Condition {
    public Or {
      any = List.copyOf(any);
    }
  }

  /** All of them hold. */
  record And(List<Condition> all) implements Condition {
    public And {
      all = List.copyOf(all);
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {}

  /**
   * Two values compare so: {@code ==}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=}.
   */
  record Compare(Operand left, String operator, Operand right) implements Condition {}

  /** A query finds something. */
  record Exists(Query query) implements Condition {}

  /** A function says yes. */
  record Holds(Operand.Call call) implements Condition {}
}

package dev.jiggety.agent.store.mango;

import dev.jiggety.agent.store.mango.Condition.And;
import dev.jiggety.agent.store.mango.Condition.Compare;
import dev.jiggety.agent.store.mango.Condition.Exists;
import dev.jiggety.agent.store.mango.Condition.Field;
import dev.jiggety.agent.store.mango.Condition.In;
import dev.jiggety.agent.store.mango.Condition.Nor;
import dev.jiggety.agent.store.mango.Condition.Not;
import dev.jiggety.agent.store.mango.Condition.Or;
import java.util.List;

/**
 * Moves negations down to the comparisons, where the planner can see what is left, and where they
 * mean what they mean in CouchDB: a field that does not exist matches no comparison, negated or
 * not. Below {@code $elemMatch} and its like CouchDB leaves them where they are, and so does this.
 */
final class Negations {
  private Negations() {}

  static Condition resolve(Condition condition) {
    return switch (condition) {
      case Not(Condition inner) -> negate(inner);
      case Nor(List<Condition> none) -> new And(none.stream().map(Negations::negate).toList());
      case And(List<Condition> all) -> new And(all.stream().map(Negations::resolve).toList());
      case Or(List<Condition> any) -> new Or(any.stream().map(Negations::resolve).toList());
      default -> condition;
    };
  }

  private static Condition negate(Condition condition) {
    return switch (condition) {
      case Not(Condition inner) -> resolve(inner);
      case Nor(List<Condition> none) -> new Or(none.stream().map(Negations::resolve).toList());
      case And(List<Condition> all) -> new Or(all.stream().map(Negations::negate).toList());
      case Or(List<Condition> any) -> new And(any.stream().map(Negations::negate).toList());
      case Field(String name, FieldPath path, Condition inner) ->
          new Field(name, path, negate(inner));
      case Compare(Condition.Operator operator, var value) ->
          new Compare(operator.negated(), value);
      case In(var values, boolean negated) -> new In(values, !negated);
      case Exists(boolean wanted) -> new Exists(!wanted);
      default -> new Not(condition);
    };
  }
}

package dev.jiggety.desktop.view.editor;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.rules.AssertionRules;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** An assertion while it is being written. */
public final class AssertionRow {
  private final ObjectProperty<Target> target;
  private final StringProperty name;
  private final ObjectProperty<Operator> operator;
  private final BooleanProperty negated;
  private final StringProperty expected;

  AssertionRow(Assertion assertion) {
    target = new SimpleObjectProperty<>(assertion.target());
    name = new SimpleStringProperty(assertion.name());
    operator = new SimpleObjectProperty<>(assertion.operator());
    negated = new SimpleBooleanProperty(assertion.negated());
    expected = new SimpleStringProperty(assertion.expected());
    target.addListener((property, before, now) -> {
      if (!operators(now).contains(operator.get())) {
        operator.set(operators(now).getFirst());
      }
      if (!needsName(now)) {
        name.set("");
      }
      if (!canBeNegated(now)) {
        negated.set(false);
      }
    });
  }

  /** The comparisons that make sense for a target, the usual one first. */
  public static List<Operator> operators(Target target) {
    return AssertionRules.row(target).operators();
  }

  /** Whether a target needs to be told which one: a header's name, a phase, a path. */
  public static boolean needsName(Target target) {
    return AssertionRules.row(target).needsName();
  }

  /** Whether it makes sense to turn an assertion on it round. */
  public static boolean canBeNegated(Target target) {
    return AssertionRules.row(target).negatable();
  }

  public ObjectProperty<Target> targetProperty() {
    return target;
  }

  public StringProperty nameProperty() {
    return name;
  }

  public ObjectProperty<Operator> operatorProperty() {
    return operator;
  }

  public BooleanProperty negatedProperty() {
    return negated;
  }

  public StringProperty expectedProperty() {
    return expected;
  }

  Observable[] parts() {
    return new Observable[] {target, name, operator, negated, expected};
  }

  Assertion value() {
    boolean bare = operator.get() == Operator.EXISTS;
    return new Assertion(
        target.get(),
        needsName(target.get()) ? name.get().strip() : "",
        operator.get(),
        negated.get(),
        bare ? "" : expected.get());
  }
}

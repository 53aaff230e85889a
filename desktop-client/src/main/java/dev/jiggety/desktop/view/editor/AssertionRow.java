package dev.jiggety.desktop.view.editor;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
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
    });
  }

  /** The comparisons that make sense for a target, the usual one first. */
  public static List<Operator> operators(Target target) {
    return switch (target) {
      case STATUS ->
          List.of(Operator.IN, Operator.EQUALS, Operator.LESS_THAN, Operator.GREATER_THAN);
      case HEADER -> List.of(Operator.CONTAINS, Operator.EQUALS, Operator.MATCHES, Operator.EXISTS);
      case BODY -> List.of(Operator.CONTAINS, Operator.EQUALS, Operator.MATCHES);
      case TOTAL, PHASE -> List.of(Operator.LESS_THAN, Operator.GREATER_THAN);
      case CERTIFICATE_DAYS -> List.of(Operator.GREATER_THAN, Operator.LESS_THAN, Operator.EQUALS);
      default -> List.of(Operator.CONTAINS, Operator.EQUALS, Operator.MATCHES);
    };
  }

  /** Whether a target needs to be told which one: a header's name, a phase. */
  public static boolean needsName(Target target) {
    return target == Target.HEADER || target == Target.PHASE;
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

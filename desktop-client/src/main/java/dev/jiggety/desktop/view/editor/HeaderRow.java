package dev.jiggety.desktop.view.editor;

import dev.jiggety.model.Check;
import javafx.beans.Observable;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** A request header while it is being written. */
public final class HeaderRow {
  private final StringProperty name;
  private final StringProperty value;

  HeaderRow(Check.Header header) {
    name = new SimpleStringProperty(header.name());
    value = new SimpleStringProperty(header.value());
  }

  public StringProperty nameProperty() {
    return name;
  }

  public StringProperty valueProperty() {
    return value;
  }

  Observable[] parts() {
    return new Observable[] {name, value};
  }

  Check.Header header() {
    return new Check.Header(name.get().strip(), value.get());
  }
}

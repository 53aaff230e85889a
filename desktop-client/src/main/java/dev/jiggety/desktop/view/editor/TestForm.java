package dev.jiggety.desktop.view.editor;

import dev.jiggety.model.Phase;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The fields of a test as they are typed: text as it stands, right or wrong. */
public final class TestForm {
  /** The two ways to say when. */
  public enum When {
    EVERY,
    CRON
  }

  /** The two ways to say how many nodes must agree. */
  public enum Agree {
    PERCENT,
    NODES
  }

  public final StringProperty id = new SimpleStringProperty("");
  public final StringProperty name = new SimpleStringProperty("");
  public final BooleanProperty active = new SimpleBooleanProperty(true);
  public final StringProperty tags = new SimpleStringProperty("");
  public final StringProperty method = new SimpleStringProperty("GET");
  public final StringProperty url = new SimpleStringProperty("");
  public final StringProperty body = new SimpleStringProperty("");
  public final BooleanProperty followRedirects = new SimpleBooleanProperty(true);
  public final StringProperty maxRedirects = new SimpleStringProperty("10");
  public final ObjectProperty<When> when = new SimpleObjectProperty<>(When.EVERY);
  public final StringProperty every = new SimpleStringProperty("1m");
  public final StringProperty cron = new SimpleStringProperty("");
  public final StringProperty zone = new SimpleStringProperty("UTC");
  public final StringProperty whereTags = new SimpleStringProperty("");
  public final StringProperty whereNodes = new SimpleStringProperty("");
  public final StringProperty samples = new SimpleStringProperty("1");
  public final StringProperty timeout = new SimpleStringProperty("10s");
  public final StringProperty retries = new SimpleStringProperty("1");
  public final StringProperty retryDelay = new SimpleStringProperty("1s");
  public final ObjectProperty<Agree> agree = new SimpleObjectProperty<>(Agree.PERCENT);
  public final StringProperty quorum = new SimpleStringProperty("51");
  public final StringProperty degradedTotal = new SimpleStringProperty("");
  public final Map<Phase, StringProperty> degradedPhases = new EnumMap<>(Phase.class);
  public final ObservableList<HeaderRow> headers =
      FXCollections.observableArrayList(HeaderRow::parts);
  public final ObservableList<AssertionRow> assertions =
      FXCollections.observableArrayList(AssertionRow::parts);

  TestForm() {
    for (Phase phase : Phase.values()) {
      degradedPhases.put(phase, new SimpleStringProperty(""));
    }
  }

  /** Tells of every change of a field. */
  void onChange(Runnable action) {
    InvalidationListener listener = changed -> action.run();
    Observable[] fields = {
      id,
      name,
      active,
      tags,
      method,
      url,
      body,
      followRedirects,
      maxRedirects,
      when,
      every,
      cron,
      zone,
      whereTags,
      whereNodes,
      samples,
      timeout,
      retries,
      retryDelay,
      agree,
      quorum,
      degradedTotal,
      headers,
      assertions
    };
    for (Observable field : fields) {
      field.addListener(listener);
    }
    degradedPhases.values().forEach(field -> field.addListener(listener));
  }
}

package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.form.TestForm;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;

/** What a test is called, and of which kind it is. */
final class BasicsController extends Section {
  /** Stands in the box for a kind that only a jar of somebody else knows. */
  private static final String OWN = "own";

  @FXML private Field kindField;
  @FXML private ComboBox<String> kind;
  @FXML private Field ownField;
  @FXML private TextField own;

  BasicsController(Parts parts) {
    super(parts, parts.form().head(), "");
    StringProperty chosen = parts.form().kind();
    new Options(parts.texts()).dress(kind, "kind");
    kind.getItems().setAll(TestForm.knownKinds());
    kind.getItems().add(OWN);
    kindField.setHelp(parts.texts().get("help.kind"));
    kindField.setPlace("kind");
    own.textProperty().bindBidirectional(chosen);
    ownField.setPlace("kind");
    chosen.subscribe(now -> {
      boolean known = TestForm.knownKinds().contains(now);
      if (known || !own.isFocused()) {
        kind.setValue(known ? now : OWN);
      }
      Parts.show(ownField, OWN.equals(kind.getValue()));
    });
    kind.valueProperty()
        .addListener((property, before, now) -> {
          if (OWN.equals(now)) {
            Parts.show(ownField, true);
            if (TestForm.knownKinds().contains(chosen.get())) {
              chosen.set("");
            }
          } else if (now != null) {
            chosen.set(now);
          }
        });
  }

  /** An id never changes once a test is there. */
  void creating(ObservableValue<Boolean> creating) {
    creating.subscribe(now -> view().lookup("#id").setDisable(!now));
  }
}

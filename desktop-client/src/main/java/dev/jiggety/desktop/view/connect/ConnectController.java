package dev.jiggety.desktop.view.connect;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.system.Vault;
import dev.jiggety.desktop.widget.KeyController;
import dev.jiggety.desktop.widget.KeyViewModel;
import java.io.File;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Ties the screen for choosing a hub to its view model. */
public final class ConnectController implements Activity {
  private final ConnectViewModel model;
  private final Texts texts;
  private final KeyController key;
  private final Parent view;

  @FXML private ComboBox<String> url;
  @FXML private TextField user;
  @FXML private PasswordField password;
  @FXML private VBox authorityRow;
  @FXML private TextField authority;
  @FXML private VBox strangerRow;
  @FXML private TextField fingerprint;
  @FXML private CheckBox remember;
  @FXML private CheckBox keep;
  @FXML private VBox passphraseRow;
  @FXML private PasswordField passphrase;
  @FXML private Label problem;
  @FXML private Button connect;
  @FXML private Button cancel;
  @FXML private Node progress;
  @FXML private VBox keyHost;

  public ConnectController(ConnectViewModel model, KeyViewModel keys, Desk desk) {
    this.model = model;
    this.texts = desk.texts();
    this.key = new KeyController(keys, desk);
    this.view = new Fxml(desk.texts()).load(this);
  }

  @FXML
  void initialize() {
    keyHost.getChildren().setAll(key.view());
    model.hubs().subscribe(this::showHubs);
    showHubs();
    url.getEditor().textProperty().bindBidirectional(model.urlProperty());
    url.getSelectionModel().selectedIndexProperty().subscribe(index -> chosen(index.intValue()));
    user.textProperty().bindBidirectional(model.userProperty());
    password.textProperty().bindBidirectional(model.passwordProperty());
    remember.selectedProperty().bindBidirectional(model.rememberProperty());
    bindPasswords();
    bindAuthorities();
    problem.textProperty().bind(model.problemProperty());
    problem.managedProperty().bind(problem.visibleProperty());
    problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
    connect.disableProperty().bind(model.busyProperty());
    cancel.visibleProperty().bind(model.busyProperty());
    progress.visibleProperty().bind(model.busyProperty());
  }

  private void bindAuthorities() {
    Authorities authorities = model.authorities();
    authority.textProperty().bindBidirectional(authorities.fileProperty());
    authorityRow.visibleProperty().bind(Authorities.isTls(model.urlProperty()));
    authorityRow.managedProperty().bind(authorityRow.visibleProperty());
    fingerprint.textProperty().bind(authorities.fingerprintProperty());
    strangerRow.visibleProperty().bind(authorities.fingerprintProperty().isNotEmpty());
    strangerRow.managedProperty().bind(strangerRow.visibleProperty());
  }

  private void bindPasswords() {
    Passwords kept = model.passwords();
    keep.selectedProperty().bindBidirectional(kept.keepProperty());
    kept.stateProperty()
        .subscribe(state -> {
          keep.setVisible(state != Vault.State.NONE);
          keep.setManaged(state != Vault.State.NONE);
          keep.setText(
              texts.get(state == Vault.State.SYSTEM ? "connect.keep.system" : "connect.keep.file"));
        });
    passphrase.textProperty().bindBidirectional(kept.passphraseProperty());
    passphraseRow
        .visibleProperty()
        .bind(
            kept.stateProperty()
                .isEqualTo(Vault.State.LOCKED)
                .or(kept.stateProperty().isEqualTo(Vault.State.NEW).and(kept.keepProperty())));
    passphraseRow.managedProperty().bind(passphraseRow.visibleProperty());
    kept.keptProperty()
        .subscribe(is -> password.setPromptText(is ? texts.get("connect.kept") : ""));
  }

  @Override
  public Parent view() {
    return view;
  }

  @Override
  public void deactivate() {
    key.deactivate();
  }

  @Override
  public void activate() {
    key.activate();
    if (model.urlProperty().get().isEmpty()) {
      url.getEditor().requestFocus();
    } else if (model.userProperty().get().isEmpty()) {
      connect.requestFocus();
    } else {
      password.requestFocus();
    }
  }

  @FXML
  void connect() {
    model.connect();
  }

  @FXML
  void browse() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(texts.get("connect.authority.choose"));
    File chosen = chooser.showOpenDialog(view.getScene().getWindow());
    if (chosen != null) {
      authority.setText(chosen.toString());
    }
  }

  @FXML
  void believe() {
    model.believe();
  }

  @FXML
  void welcome() {
    model.welcome();
  }

  @FXML
  void cancel() {
    model.cancel();
  }

  private void showHubs() {
    String typed = model.urlProperty().get();
    url.getItems().setAll(model.hubs().stream().map(KnownHub::url).toList());
    model.urlProperty().set(typed);
  }

  private void chosen(int index) {
    if (index >= 0 && index < model.hubs().size()) {
      model.choose(model.hubs().get(index));
    }
  }
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Landmark Desktop</source>
        <translation>Über Landmark Desktop</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Recognises landmarks in photos on this computer, and writes the places into their metadata.</source>
        <translation>Erkennt Wahrzeichen auf Fotos auf diesem Computer und schreibt die Orte in ihre Metadaten.</translation>
    </message>
    <message>
        <source>It opens no network connection: nothing ever leaves this computer.</source>
        <translation>Öffnet keine Netzwerkverbindung: Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Model bundle: {0} {1}, {2}</source>
        <translation>Modellpaket: {0} {1}, {2}</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>Library: {0}</source>
        <translation>Bibliothek: {0}</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>Built on Qt (LGPL 3), ONNX Runtime (MIT), Exiv2 (GPL 2 or later), Pillow (MIT-CMU),</source>
        <translation>Gebaut auf Qt (LGPL 3), ONNX Runtime (MIT), Exiv2 (GPL 2 oder neuer), Pillow (MIT-CMU),</translation>
    </message>
    <message>
        <source>libheif (LGPL 3), NumPy (BSD) and platformdirs (MIT).</source>
        <translation>libheif (LGPL 3), NumPy (BSD) und platformdirs (MIT).</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Zuletzt geöffnete Ordner</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>Dateien öffnen …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Write reviewed photos with their places to a file for maps and spreadsheets</source>
        <translation>Geprüfte Fotos mit ihren Orten in eine Datei für Karten und Tabellen schreiben</translation>
    </message>
    <message>
        <source>Organise photos…</source>
        <translation>Fotos einsortieren …</translation>
    </message>
    <message>
        <source>Copy or move photos into folders by place and date</source>
        <translation>Fotos nach Ort und Datum in Ordner kopieren oder verschieben</translation>
    </message>
    <message>
        <source>Pause classifying</source>
        <translation>Erkennung anhalten</translation>
    </message>
    <message>
        <source>Continue classifying</source>
        <translation>Erkennung fortsetzen</translation>
    </message>
    <message>
        <source>Cancel classifying</source>
        <translation>Erkennung abbrechen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Undo review</source>
        <translation>Antwort zurücknehmen</translation>
    </message>
    <message>
        <source>Redo review</source>
        <translation>Antwort wiederholen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the selected photos: as files, or their paths as text</source>
        <translation>Die ausgewählten Fotos kopieren: als Dateien, oder ihre Pfade als Text</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Runs…</source>
        <translation>Schreibläufe …</translation>
    </message>
    <message>
        <source>What was written into files, and how to take it back</source>
        <translation>Was in Dateien geschrieben wurde, und wie man es zurücknimmt</translation>
    </message>
    <message>
        <source>Model bundles…</source>
        <translation>Modellpakete …</translation>
    </message>
    <message>
        <source>Which landmarks the model knows, and how to install another one</source>
        <translation>Welche Wahrzeichen das Modell kennt, und wie ein anderes installiert wird</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Accept and go on</source>
        <translation>Annehmen und weiter</translation>
    </message>
    <message>
        <source>Accept the first guess of the selected photos</source>
        <translation>Den ersten Vorschlag für die ausgewählten Fotos annehmen</translation>
    </message>
    <message>
        <source>No landmark</source>
        <translation>Kein Wahrzeichen</translation>
    </message>
    <message>
        <source>Accept another guess</source>
        <translation>Anderen Vorschlag annehmen</translation>
    </message>
    <message>
        <source>First guess</source>
        <translation>Erster Vorschlag</translation>
    </message>
    <message>
        <source>Second guess</source>
        <translation>Zweiter Vorschlag</translation>
    </message>
    <message>
        <source>Third guess</source>
        <translation>Dritter Vorschlag</translation>
    </message>
    <message>
        <source>Fourth guess</source>
        <translation>Vierter Vorschlag</translation>
    </message>
    <message>
        <source>Fifth guess</source>
        <translation>Fünfter Vorschlag</translation>
    </message>
    <message>
        <source>Find landmark…</source>
        <translation>Wahrzeichen suchen …</translation>
    </message>
    <message>
        <source>Accept any landmark by its name</source>
        <translation>Irgendein Wahrzeichen nach seinem Namen annehmen</translation>
    </message>
    <message>
        <source>Taken here</source>
        <translation>Hier aufgenommen</translation>
    </message>
    <message>
        <source>Also write the landmark&apos;s position as the estimated position of the camera</source>
        <translation>Auch die Lage des Wahrzeichens als geschätzten Standort der Kamera schreiben</translation>
    </message>
    <message>
        <source>Clear answer</source>
        <translation>Antwort löschen</translation>
    </message>
    <message>
        <source>Accept all shown that are Landmark</source>
        <translation>Alle gezeigten „Wahrzeichen“ annehmen</translation>
    </message>
    <message>
        <source>Accept the first guess of every photo in the grid whose verdict is Landmark</source>
        <translation>Den ersten Vorschlag jedes gezeigten Fotos mit dem Urteil „Wahrzeichen“ annehmen</translation>
    </message>
    <message>
        <source>Accept group and go on</source>
        <translation>Gruppe annehmen und weiter</translation>
    </message>
    <message>
        <source>Accept the first guesses of the current photo&apos;s group that wait for an answer</source>
        <translation>Die ersten Vorschläge für die Fotos der aktuellen Gruppe annehmen, die noch keine Antwort haben</translation>
    </message>
    <message>
        <source>Write places…</source>
        <translation>Orte schreiben …</translation>
    </message>
    <message>
        <source>Preview what will be written into the photos&apos; metadata</source>
        <translation>Vorschau dessen, was in die Metadaten der Fotos geschrieben wird</translation>
    </message>
    <message>
        <source>Read places from files</source>
        <translation>Orte aus Dateien lesen</translation>
    </message>
    <message>
        <source>Take over what the photos and their sidecars say, ours or other programs&apos;</source>
        <translation>Übernehmen, was die Fotos und ihre Sidecar-Dateien sagen, von uns oder von anderen Programmen</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Show the selected photos in their folder</source>
        <translation>Die ausgewählten Fotos in ihrem Ordner zeigen</translation>
    </message>
    <message>
        <source>Open in other program</source>
        <translation>In anderem Programm öffnen</translation>
    </message>
    <message>
        <source>Open the current photo in the program that your system uses for such files</source>
        <translation>Das aktuelle Foto in dem Programm öffnen, das Ihr System für solche Dateien verwendet</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Wahrzeichen</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Folder and name</source>
        <translation>Ordner und Name</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Aufnahmedatum</translation>
    </message>
    <message>
        <source>Most confident first</source>
        <translation>Sicherste zuerst</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Unsicherste zuerst</translation>
    </message>
    <message>
        <source>By landmark</source>
        <translation>Nach Wahrzeichen</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>By place</source>
        <translation>Nach Ort</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Nach Tag</translation>
    </message>
    <message>
        <source>Collapse or open group</source>
        <translation>Gruppe ein- oder ausklappen</translation>
    </message>
    <message>
        <source>Show only the name of the current photo&apos;s group, or its photos again</source>
        <translation>Nur den Namen der Gruppe des aktuellen Fotos zeigen, oder wieder ihre Fotos</translation>
    </message>
    <message>
        <source>Collapse or open all groups</source>
        <translation>Alle Gruppen ein- oder ausklappen</translation>
    </message>
    <message>
        <source>Show only the names of all groups, or their photos again</source>
        <translation>Nur die Namen aller Gruppen zeigen, oder wieder ihre Fotos</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Where in the world the photos were taken</source>
        <translation>Wo in der Welt die Fotos aufgenommen wurden</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Large preview</source>
        <translation>Große Vorschau</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Show in colours what in the photo speaks for its landmark</source>
        <translation>In Farben zeigen, was im Foto für sein Wahrzeichen spricht</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>Photo&apos;s own pixels, or whole photo</source>
        <translation>Eigene Pixel des Fotos oder ganzes Foto</translation>
    </message>
    <message>
        <source>Back to all photos</source>
        <translation>Zurück zu allen Fotos</translation>
    </message>
    <message>
        <source>Larger tiles</source>
        <translation>Größere Kacheln</translation>
    </message>
    <message>
        <source>Smaller tiles</source>
        <translation>Kleinere Kacheln</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Guided tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>The window in three steps</source>
        <translation>Das Fenster in drei Schritten</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>Versions and settings for a report of a problem; they name no photo, no folder</source>
        <translation>Versionen und Einstellungen für eine Problemmeldung; sie nennen kein Foto und keinen Ordner</translation>
    </message>
    <message>
        <source>About Landmark Desktop</source>
        <translation>Über Landmark Desktop</translation>
    </message>
</context>
<context>
    <name>BundleView</name>
    <message>
        <source>Model card</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Wahrzeichen</translation>
    </message>
    <message>
        <source>Lies in</source>
        <translation>Liegt in</translation>
    </message>
    <message>
        <source>This bundle has no model card.</source>
        <translation>Dieses Paket hat keine Modellkarte.</translation>
    </message>
    <message>
        <source>First guess is right</source>
        <translation>Der erste Vorschlag stimmt</translation>
    </message>
    <message>
        <source>Photos called recognised that are right</source>
        <translation>Als erkannt bezeichnete Fotos, die stimmen</translation>
    </message>
    <message>
        <source>Photos of its landmarks that are recognised</source>
        <translation>Fotos seiner Wahrzeichen, die erkannt werden</translation>
    </message>
    <message>
        <source>Photos of no landmark that are called recognised</source>
        <translation>Fotos ohne Wahrzeichen, die als erkannt bezeichnet werden</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>Gemessen an</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) it was not trained with</source>
        <translation>
            <numerusform>%Ln Foto, mit dem es nicht trainiert wurde</numerusform>
            <numerusform>%Ln Fotos, mit denen es nicht trainiert wurde</numerusform>
        </translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>Erstellt am</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message numerus="yes">
        <source>%Ln, all of them with a place that can be written</source>
        <translation>
            <numerusform>%Ln, mit einem Ort, der geschrieben werden kann</numerusform>
            <numerusform>%Ln, alle mit einem Ort, der geschrieben werden kann</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, {1} of them with a place that can be written</source>
        <translation>{0}, davon {1} mit einem Ort, der geschrieben werden kann</translation>
    </message>
</context>
<context>
    <name>BundlesDialog</name>
    <message>
        <source>Model bundles</source>
        <translation>Modellpakete</translation>
    </message>
    <message>
        <source>Drop the folder or the zip of a bundle here, or choose it below. It is checked first.</source>
        <translation>Legen Sie den Ordner oder die Zip-Datei eines Pakets hier ab, oder wählen Sie unten. Es wird zuerst geprüft.</translation>
    </message>
    <message>
        <source>The bundle is being checked</source>
        <translation>Das Paket wird geprüft</translation>
    </message>
    <message>
        <source>Install folder…</source>
        <translation>Ordner installieren …</translation>
    </message>
    <message>
        <source>Install zip…</source>
        <translation>Zip installieren …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Use this bundle</source>
        <translation>Dieses Paket verwenden</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>nicht verwendbar</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>installiert</translation>
    </message>
    <message>
        <source>Install a model bundle</source>
        <translation>Modellpaket installieren</translation>
    </message>
    <message>
        <source>Bundles (*.zip)</source>
        <translation>Pakete (*.zip)</translation>
    </message>
    <message>
        <source>Checking {0}…</source>
        <translation>{0} wird geprüft …</translation>
    </message>
    <message>
        <source>Trying whether the model of {0} runs…</source>
        <translation>Es wird versucht, ob das Modell von {0} läuft …</translation>
    </message>
    <message>
        <source>Installed. Choose “Use this bundle” to classify with it.</source>
        <translation>Installiert. Mit „Dieses Paket verwenden“ wird damit erkannt.</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Entfernt.</translation>
    </message>
    <message>
        <source>In use. The photos that are open are classified anew; your answers stay.</source>
        <translation>In Gebrauch. Die geöffneten Fotos werden neu erkannt; Ihre Antworten bleiben.</translation>
    </message>
</context>
<context>
    <name>ConfirmMany</name>
    <message>
        <source>Accept all</source>
        <translation>Alle annehmen</translation>
    </message>
    <message numerus="yes">
        <source>Accept the first guess of %Ln photo(s)?</source>
        <translation>
            <numerusform>Den ersten Vorschlag für %Ln Foto annehmen?</numerusform>
            <numerusform>Die ersten Vorschläge für %Ln Fotos annehmen?</numerusform>
        </translation>
    </message>
    <message>
        <source>These are all photos in the grid whose verdict is Landmark. U takes it back.</source>
        <translation>Das sind alle gezeigten Fotos mit dem Urteil „Wahrzeichen“. U nimmt es zurück.</translation>
    </message>
    <message>
        <source>Accept {0}</source>
        <translation>{0} annehmen</translation>
    </message>
</context>
<context>
    <name>ConfirmReplacing</name>
    <message>
        <source>Replace GPS</source>
        <translation>GPS ersetzen</translation>
    </message>
    <message>
        <source>Replace the GPS of {0}?</source>
        <translation>Das GPS von {0} ersetzen?</translation>
    </message>
    <message>
        <source>The photo’s own position is {0} from {1}. When the place is written, the landmark’s position takes its place, marked as an estimate. This holds for this photo only; undoing the run brings the old position back.</source>
        <translation>Der eigene Standort des Fotos ist {0} von {1} entfernt. Wenn der Ort geschrieben wird, tritt die Lage des Wahrzeichens an seine Stelle, als Schätzung gekennzeichnet. Das gilt nur für dieses Foto; wird der Schreiblauf zurückgenommen, kommt der alte Standort wieder.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Keep GPS</source>
        <translation>GPS behalten</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>This is a mistake in the program, not yours.</source>
        <translation>Das ist ein Fehler im Programm, nicht Ihrer.</translation>
    </message>
    <message>
        <source>Your photos and reviews are safe. The report below and the log help to mend it:
{0}</source>
        <translation>Ihre Fotos und Antworten sind sicher. Der Bericht unten und das Protokoll helfen, ihn zu beheben:
{0}</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Open the log&apos;s folder</source>
        <translation>Ordner des Protokolls öffnen</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Copied: versions and settings, no names of photos or folders.</source>
        <translation>Kopiert: Versionen und Einstellungen, keine Namen von Fotos oder Ordnern.</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to open</source>
        <translation>Zum Öffnen ablegen</translation>
    </message>
</context>
<context>
    <name>Emptiness</name>
    <message numerus="yes">
        <source>%Ln more folder(s) and file(s) could not be read.</source>
        <translation>
            <numerusform>%Ln weiterer Ordner oder weitere Datei konnte nicht gelesen werden.</numerusform>
            <numerusform>%Ln weitere Ordner und Dateien konnten nicht gelesen werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The program&apos;s log lists all of them.</source>
        <translation>Das Protokoll des Programms nennt alle.</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message>
        <source>No photo matches</source>
        <translation>Kein Foto passt</translation>
    </message>
    <message>
        <source>Choose another filter, or search for something else.</source>
        <translation>Wählen Sie einen anderen Filter oder suchen Sie nach etwas anderem.</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>Hier sind keine Fotos</translation>
    </message>
    <message>
        <source>JPEG, HEIC, AVIF, PNG, TIFF, WebP and raw files are found, also in subfolders.</source>
        <translation>JPEG, HEIC, AVIF, PNG, TIFF, WebP und Raw-Dateien werden gefunden, auch in Unterordnern.</translation>
    </message>
    <message>
        <source>Open another folder</source>
        <translation>Anderen Ordner öffnen</translation>
    </message>
    <message numerus="yes">
        <source>None of the %Ln photo(s) shows a landmark that the model knows</source>
        <translation>
            <numerusform>%Ln Foto zeigt kein Wahrzeichen, das das Modell kennt</numerusform>
            <numerusform>Keines der %Ln Fotos zeigt ein Wahrzeichen, das das Modell kennt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It knows %Ln landmark(s). Most photos show none of them; that is fine.</source>
        <translation>
            <numerusform>Es kennt %Ln Wahrzeichen. Die meisten Fotos zeigen keines; das ist in Ordnung.</numerusform>
            <numerusform>Es kennt %Ln Wahrzeichen. Die meisten Fotos zeigen keines davon; das ist in Ordnung.</numerusform>
        </translation>
    </message>
    <message>
        <source>Which ones?</source>
        <translation>Welche?</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>{name} is empty (0 bytes).</source>
        <translation>{name} ist leer (0 Byte).</translation>
    </message>
    <message>
        <source>Copy the file again from the camera or a backup.</source>
        <translation>Kopieren Sie die Datei noch einmal von der Kamera oder aus einer Sicherung.</translation>
    </message>
    <message>
        <source>{name} is no longer there.</source>
        <translation>{name} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Reconnect the drive, or open the folder the file was moved to.</source>
        <translation>Schließen Sie das Laufwerk wieder an oder öffnen Sie den Ordner, in den die Datei verschoben wurde.</translation>
    </message>
    <message>
        <source>No permission to read {name}.</source>
        <translation>Keine Berechtigung, {name} zu lesen.</translation>
    </message>
    <message>
        <source>Give yourself read permission for the file, then open the folder again.</source>
        <translation>Geben Sie sich die Leseberechtigung für die Datei und öffnen Sie den Ordner dann noch einmal.</translation>
    </message>
    <message>
        <source>{name} could not be read: {reason}.</source>
        <translation>{name} konnte nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>Check the drive and its cable, then open the folder again.</source>
        <translation>Prüfen Sie das Laufwerk und sein Kabel und öffnen Sie den Ordner dann noch einmal.</translation>
    </message>
    <message>
        <source>{name} was changed by another program since it was read.</source>
        <translation>{name} wurde von einem anderen Programm geändert, seit die Datei gelesen wurde.</translation>
    </message>
    <message>
        <source>Open the folder again, check the photo, and tag it once more.</source>
        <translation>Öffnen Sie den Ordner noch einmal, prüfen Sie das Foto und schreiben Sie den Ort erneut.</translation>
    </message>
    <message>
        <source>{name} is not a photo, although its name says so.</source>
        <translation>{name} ist kein Foto, obwohl der Name es sagt.</translation>
    </message>
    <message>
        <source>Rename or remove the file; its content is of another kind.</source>
        <translation>Benennen Sie die Datei um oder entfernen Sie sie; ihr Inhalt ist von anderer Art.</translation>
    </message>
    <message>
        <source>{name} is cut off: the end of the file is missing.</source>
        <translation>{name} ist abgeschnitten: Das Ende der Datei fehlt.</translation>
    </message>
    <message>
        <source>{name} is damaged: {reason}.</source>
        <translation>{name} ist beschädigt: {reason}.</translation>
    </message>
    <message>
        <source>{name} has {width} × {height} pixels ({megapixels} megapixels); the limit is {limit} megapixels.</source>
        <translation>{name} hat {width} × {height} Pixel ({megapixels} Megapixel); die Grenze liegt bei {limit} Megapixeln.</translation>
    </message>
    <message>
        <source>Make a smaller copy of the picture and open that.</source>
        <translation>Machen Sie eine kleinere Kopie des Bildes und öffnen Sie diese.</translation>
    </message>
    <message>
        <source>{name} needs more memory than one photo may take ({limit} MB) or than there is.</source>
        <translation>{name} braucht mehr Speicher, als ein Foto nehmen darf ({limit} MB), oder als da ist.</translation>
    </message>
    <message>
        <source>Close other programs and open the folder again, or make a smaller copy of the picture and open that.</source>
        <translation>Schließen Sie andere Programme und öffnen Sie den Ordner noch einmal, oder machen Sie eine kleinere Kopie des Bildes und öffnen Sie diese.</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is {reason}.</source>
        <translation>{name} kann nicht gelesen werden: Es ist {reason}.</translation>
    </message>
    <message>
        <source>Convert it to JPEG, TIFF or DNG with the program or the camera maker&apos;s software that made it.</source>
        <translation>Wandeln Sie die Datei mit dem Programm oder der Software des Kameraherstellers, von dem sie stammt, in JPEG, TIFF oder DNG um.</translation>
    </message>
    <message>
        <source>{name} was changed while it was being read.</source>
        <translation>{name} wurde geändert, während die Datei gelesen wurde.</translation>
    </message>
    <message>
        <source>Wait until it is copied or saved completely, then open the folder again.</source>
        <translation>Warten Sie, bis die Datei ganz kopiert oder gespeichert ist, und öffnen Sie den Ordner dann noch einmal.</translation>
    </message>
    <message>
        <source>The decoder broke down on {name} ({reason}).</source>
        <translation>Der Decoder ist an {name} gescheitert ({reason}).</translation>
    </message>
    <message>
        <source>Copy the file again from the camera or a backup; if that does not help, convert it to JPEG or TIFF.</source>
        <translation>Kopieren Sie die Datei noch einmal von der Kamera oder aus einer Sicherung; hilft das nicht, wandeln Sie sie in JPEG oder TIFF um.</translation>
    </message>
    <message>
        <source>{name} was not decoded within {seconds} seconds, so it was given up.</source>
        <translation>{name} wurde innerhalb von {seconds} Sekunden nicht decodiert und deshalb aufgegeben.</translation>
    </message>
    <message>
        <source>Open the folder again when the computer and the drive are less busy; else copy the file from a backup.</source>
        <translation>Öffnen Sie den Ordner noch einmal, wenn Computer und Laufwerk weniger beschäftigt sind; sonst kopieren Sie die Datei aus einer Sicherung.</translation>
    </message>
    <message>
        <source>{name} cannot be shown, so you see {other} in its place.</source>
        <translation>{name} kann nicht gezeigt werden, deshalb sehen Sie stattdessen {other}.</translation>
    </message>
    <message>
        <source>Copy {name} again from the camera or a backup; the photo can be used meanwhile.</source>
        <translation>Kopieren Sie {name} noch einmal von der Kamera oder aus einer Sicherung; das Foto kann inzwischen verwendet werden.</translation>
    </message>
    <message>
        <source>The folder {name} cannot be read: {reason}.</source>
        <translation>Der Ordner {name} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>Give yourself permission to read the folder, or open another one.</source>
        <translation>Geben Sie sich die Leseberechtigung für den Ordner oder öffnen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The folder {name} is not there.</source>
        <translation>Der Ordner {name} ist nicht da.</translation>
    </message>
    <message>
        <source>Reconnect the drive or check the name.</source>
        <translation>Schließen Sie das Laufwerk wieder an oder prüfen Sie den Namen.</translation>
    </message>
    <message>
        <source>The link {name} leads back to a folder that holds it, so it was not followed.</source>
        <translation>Die Verknüpfung {name} führt in einen Ordner zurück, der sie enthält; deshalb wurde ihr nicht gefolgt.</translation>
    </message>
    <message>
        <source>Remove the link if it is there by mistake; all photos are shown once.</source>
        <translation>Entfernen Sie die Verknüpfung, falls sie versehentlich da ist; alle Fotos werden einmal gezeigt.</translation>
    </message>
    <message>
        <source>The drive that holds {name} is not connected; its photos are shown from the library.</source>
        <translation>Das Laufwerk mit {name} ist nicht angeschlossen; seine Fotos werden aus der Bibliothek gezeigt.</translation>
    </message>
    <message>
        <source>Connect the drive: the photos come back by themselves.</source>
        <translation>Schließen Sie das Laufwerk an: Die Fotos kommen von selbst zurück.</translation>
    </message>
    <message>
        <source>No model bundle was found at {name}.</source>
        <translation>Unter {name} wurde kein Modellpaket gefunden.</translation>
    </message>
    <message>
        <source>Choose a folder or zip that holds model.onnx and bundle.json, or reinstall the program.</source>
        <translation>Wählen Sie einen Ordner oder eine Zip-Datei mit model.onnx und bundle.json, oder installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The model bundle {name} cannot be read: {reason}.</source>
        <translation>Das Modellpaket {name} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>Copy or download the bundle again.</source>
        <translation>Kopieren oder laden Sie das Paket noch einmal.</translation>
    </message>
    <message>
        <source>The model bundle {name} does not follow the bundle format: {reason}.</source>
        <translation>Das Modellpaket {name} entspricht nicht dem Paketformat: {reason}.</translation>
    </message>
    <message>
        <source>Export the bundle again with a matching version of landmark-trainer.</source>
        <translation>Exportieren Sie das Paket noch einmal mit einer passenden Version von landmark-trainer.</translation>
    </message>
    <message>
        <source>The model bundle {name} was changed or damaged: {file} does not have the hash that bundle.json states.</source>
        <translation>Das Modellpaket {name} wurde verändert oder beschädigt: {file} hat nicht die Prüfsumme, die bundle.json nennt.</translation>
    </message>
    <message>
        <source>Copy or download the bundle again; do not use a bundle you cannot trust.</source>
        <translation>Kopieren oder laden Sie das Paket noch einmal; verwenden Sie kein Paket, dem Sie nicht vertrauen können.</translation>
    </message>
    <message>
        <source>The model in bundle {name} does not fit its description: {reason}.</source>
        <translation>Das Modell im Paket {name} passt nicht zu seiner Beschreibung: {reason}.</translation>
    </message>
    <message>
        <source>Export the bundle again with landmark-trainer.</source>
        <translation>Exportieren Sie das Paket noch einmal mit landmark-trainer.</translation>
    </message>
    <message>
        <source>The model in bundle {name} cannot be loaded: {reason}.</source>
        <translation>Das Modell im Paket {name} kann nicht geladen werden: {reason}.</translation>
    </message>
    <message>
        <source>Export the bundle again with landmark-trainer, or choose another bundle.</source>
        <translation>Exportieren Sie das Paket noch einmal mit landmark-trainer oder wählen Sie ein anderes Paket.</translation>
    </message>
    <message>
        <source>The model bundle {name} was refused: {reason}.</source>
        <translation>Das Modellpaket {name} wurde abgelehnt: {reason}.</translation>
    </message>
    <message>
        <source>Use another bundle, or ask its maker for one that landmark-trainer exported.</source>
        <translation>Verwenden Sie ein anderes Paket, oder bitten Sie seinen Ersteller um eines, das landmark-trainer exportiert hat.</translation>
    </message>
    <message>
        <source>The model bundle {name} could not be installed or removed: {reason}.</source>
        <translation>Das Modellpaket {name} konnte nicht installiert oder entfernt werden: {reason}.</translation>
    </message>
    <message>
        <source>Make room and give yourself permission to write in the folder of bundles, then try again.</source>
        <translation>Schaffen Sie Platz, geben Sie sich die Schreibberechtigung im Ordner der Pakete und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{provider} cannot be used on this computer: {reason}.</source>
        <translation>{provider} kann auf diesem Computer nicht verwendet werden: {reason}.</translation>
    </message>
    <message>
        <source>Choose the provider &apos;auto&apos; or &apos;cpu&apos;, or install what is missing.</source>
        <translation>Wählen Sie den Ausführer „auto“ oder „cpu“, oder installieren Sie, was fehlt.</translation>
    </message>
    <message>
        <source>The model failed on {name}: {reason}.</source>
        <translation>Das Modell ist an {name} gescheitert: {reason}.</translation>
    </message>
    <message>
        <source>Try a smaller batch size or the provider &apos;cpu&apos;.</source>
        <translation>Versuchen Sie es mit einer kleineren Stapelgröße oder dem Ausführer „cpu“.</translation>
    </message>
    <message>
        <source>There was not enough memory to recognise {name} ({reason}).</source>
        <translation>Der Speicher hat nicht gereicht, um {name} zu erkennen ({reason}).</translation>
    </message>
    <message>
        <source>Close other programs, then open the folder again.</source>
        <translation>Schließen Sie andere Programme und öffnen Sie den Ordner dann noch einmal.</translation>
    </message>
    <message>
        <source>The library {name} was made by a newer version of Landmark Desktop (schema {found}; this one knows {known}).</source>
        <translation>Die Bibliothek {name} stammt von einer neueren Version von Landmark Desktop (Schema {found}; diese kennt {known}).</translation>
    </message>
    <message>
        <source>Install the newer version; your library was left untouched.</source>
        <translation>Installieren Sie die neuere Version; Ihre Bibliothek wurde nicht angetastet.</translation>
    </message>
    <message>
        <source>The library {name} is in use by another program.</source>
        <translation>Die Bibliothek {name} wird von einem anderen Programm benutzt.</translation>
    </message>
    <message>
        <source>Close the other window of Landmark Desktop and try again.</source>
        <translation>Schließen Sie das andere Fenster von Landmark Desktop und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{name} is a database of another program, so it was left untouched.</source>
        <translation>{name} ist die Datenbank eines anderen Programms und wurde deshalb nicht angetastet.</translation>
    </message>
    <message>
        <source>Choose another place for the library.</source>
        <translation>Wählen Sie einen anderen Platz für die Bibliothek.</translation>
    </message>
    <message>
        <source>The library {name} is damaged.</source>
        <translation>Die Bibliothek {name} ist beschädigt.</translation>
    </message>
    <message>
        <source>Close Landmark Desktop and start it again: then what the library holds is recovered.</source>
        <translation>Schließen Sie Landmark Desktop und starten Sie es neu: Dann wird wiederhergestellt, was die Bibliothek enthält.</translation>
    </message>
    <message>
        <source>The library {name} was damaged. All reviews and runs were recovered into a new one (reviews: {reviews}, tagged files: {writes}, photos: {photos}); the damaged one was kept as {aside}.</source>
        <translation>Die Bibliothek {name} war beschädigt. Alle Antworten und Schreibläufe wurden in eine neue übernommen (Antworten: {reviews}, beschriebene Dateien: {writes}, Fotos: {photos}); die beschädigte liegt noch als {aside} da.</translation>
    </message>
    <message>
        <source>Open your folders again: photos that are missing are recognised anew.</source>
        <translation>Öffnen Sie Ihre Ordner noch einmal: Fehlende Fotos werden neu erkannt.</translation>
    </message>
    <message>
        <source>The library {name} was damaged, and some reviews or runs cannot be read. The others were recovered into a new one (reviews: {reviews}, tagged files: {writes}, photos: {photos}); the damaged one was kept as {aside}.</source>
        <translation>Die Bibliothek {name} war beschädigt, und manche Antworten oder Schreibläufe sind nicht lesbar. Die übrigen wurden in eine neue übernommen (Antworten: {reviews}, beschriebene Dateien: {writes}, Fotos: {photos}); die beschädigte liegt noch als {aside} da.</translation>
    </message>
    <message>
        <source>Open your folders again and choose &apos;Read places from files&apos;: places that were written into photos come back as reviews.</source>
        <translation>Öffnen Sie Ihre Ordner noch einmal und wählen Sie „Orte aus Dateien lesen“: Orte, die in Fotos geschrieben wurden, kommen als Antworten zurück.</translation>
    </message>
    <message>
        <source>The library {name} had lost its latest entries; they were recovered from its safety copy (reviews: {reviews}, tagged files: {writes}).</source>
        <translation>Die Bibliothek {name} hatte ihre letzten Einträge verloren; sie wurden aus ihrer Sicherungskopie wiederhergestellt (Antworten: {reviews}, beschriebene Dateien: {writes}).</translation>
    </message>
    <message>
        <source>There is nothing to do. If it happens again, check the disk that holds the library.</source>
        <translation>Sie müssen nichts tun. Wenn es noch einmal geschieht, prüfen Sie das Laufwerk, auf dem die Bibliothek liegt.</translation>
    </message>
    <message>
        <source>The library {name} cannot be written: {reason}.</source>
        <translation>Die Bibliothek {name} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>Free some disk space or give yourself write permission for its folder.</source>
        <translation>Schaffen Sie Platz auf dem Laufwerk oder geben Sie sich die Schreibberechtigung für ihren Ordner.</translation>
    </message>
    <message>
        <source>No permission to write {name}.</source>
        <translation>Keine Berechtigung, {name} zu schreiben.</translation>
    </message>
    <message>
        <source>Make the folder and the file writable, then tag the photo again.</source>
        <translation>Machen Sie Ordner und Datei beschreibbar und schreiben Sie den Ort dann noch einmal.</translation>
    </message>
    <message>
        <source>The disk that holds {name} is full.</source>
        <translation>Das Laufwerk mit {name} ist voll.</translation>
    </message>
    <message>
        <source>Free some space, then tag the photo again.</source>
        <translation>Schaffen Sie Platz und schreiben Sie den Ort dann noch einmal.</translation>
    </message>
    <message>
        <source>{name} could not be written: {reason}. The original is untouched.</source>
        <translation>{name} konnte nicht geschrieben werden: {reason}. Das Original ist unverändert.</translation>
    </message>
    <message>
        <source>Check the drive, then tag the photo again.</source>
        <translation>Prüfen Sie das Laufwerk und schreiben Sie den Ort dann noch einmal.</translation>
    </message>
    <message>
        <source>What was written to {name} did not read back the same ({reason}). The original is untouched.</source>
        <translation>Was in {name} geschrieben wurde, ließ sich nicht ebenso zurücklesen ({reason}). Das Original ist unverändert.</translation>
    </message>
    <message>
        <source>Please report this file&apos;s format as a bug; tag it with a sidecar meanwhile.</source>
        <translation>Bitte melden Sie das Format dieser Datei als Fehler; schreiben Sie den Ort inzwischen in eine Sidecar-Datei.</translation>
    </message>
    <message>
        <source>Places cannot be embedded into {name} ({reason}).</source>
        <translation>Orte können nicht in {name} eingebettet werden ({reason}).</translation>
    </message>
    <message>
        <source>Use sidecars for this kind of file.</source>
        <translation>Verwenden Sie für diese Art von Dateien Sidecar-Dateien.</translation>
    </message>
    <message>
        <source>The sidecar {name} is not valid XMP, so nothing can be merged into it safely.</source>
        <translation>Die Sidecar-Datei {name} ist kein gültiges XMP, deshalb kann nichts sicher hinzugefügt werden.</translation>
    </message>
    <message>
        <source>Repair or move the sidecar, then tag the photo again.</source>
        <translation>Reparieren oder verschieben Sie die Sidecar-Datei und schreiben Sie den Ort dann noch einmal.</translation>
    </message>
    <message>
        <source>The metadata of {name} cannot be read: {reason}.</source>
        <translation>Die Metadaten von {name} können nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>Check the file with its camera maker&apos;s software; the picture itself may be fine.</source>
        <translation>Prüfen Sie die Datei mit der Software des Kameraherstellers; das Bild selbst ist womöglich in Ordnung.</translation>
    </message>
    <message>
        <source>{name} was changed since it was tagged, so undo left it alone.</source>
        <translation>{name} wurde geändert, seit der Ort geschrieben wurde; deshalb blieb die Datei beim Zurücknehmen unberührt.</translation>
    </message>
    <message>
        <source>Undo it once more and let only what Landmark Desktop wrote be removed, or remove the place by hand.</source>
        <translation>Nehmen Sie noch einmal zurück und lassen Sie nur entfernen, was Landmark Desktop geschrieben hat, oder entfernen Sie den Ort von Hand.</translation>
    </message>
    <message>
        <source>{name} was changed since the tag was taken back, so it was left alone.</source>
        <translation>{name} wurde geändert, seit der Ort zurückgenommen wurde; deshalb blieb die Datei unberührt.</translation>
    </message>
    <message>
        <source>Tag the photo once more.</source>
        <translation>Schreiben Sie den Ort noch einmal.</translation>
    </message>
    <message>
        <source>There is no run {run} that can be undone.</source>
        <translation>Es gibt keinen Schreiblauf {run}, der zurückgenommen werden kann.</translation>
    </message>
    <message>
        <source>List the runs with &apos;landmark-desktop runs&apos;.</source>
        <translation>Listen Sie die Läufe mit „landmark-desktop runs“ auf.</translation>
    </message>
    <message>
        <source>There is no run {run} of which something was undone that can be written again.</source>
        <translation>Es gibt keinen Schreiblauf {run}, von dem etwas zurückgenommen wurde, das wieder geschrieben werden kann.</translation>
    </message>
    <message>
        <source>{name} is no photo of the run {run}.</source>
        <translation>{name} ist kein Foto des Schreiblaufs {run}.</translation>
    </message>
    <message>
        <source>Give the path of the photo or of its sidecar, as it was when the run wrote it.</source>
        <translation>Geben Sie den Pfad des Fotos oder seiner Sidecar-Datei an, wie er beim Schreiben war.</translation>
    </message>
    <message>
        <source>The sidecar {sidecar} of {name} also serves {other}, which shows another landmark.</source>
        <translation>Die Sidecar-Datei {sidecar} von {name} gilt auch für {other}, das ein anderes Wahrzeichen zeigt.</translation>
    </message>
    <message>
        <source>Let sidecars have the full name of their photo (Settings), or embed the place in one of the two.</source>
        <translation>Lassen Sie Sidecar-Dateien den vollen Namen ihres Fotos tragen (Einstellungen), oder betten Sie den Ort in eines der beiden ein.</translation>
    </message>
    <message>
        <source>The landmark {landmark} has no location in this bundle, so there is nothing to write.</source>
        <translation>Das Wahrzeichen {landmark} hat in diesem Paket keinen Ort, deshalb gibt es nichts zu schreiben.</translation>
    </message>
    <message>
        <source>Add its place to the landmark table and export the bundle again.</source>
        <translation>Tragen Sie seinen Ort in die Tabelle der Wahrzeichen ein und exportieren Sie das Paket noch einmal.</translation>
    </message>
    <message>
        <source>The template for folders cannot be used: {reason}.</source>
        <translation>Die Vorlage für Ordner kann nicht verwendet werden: {reason}.</translation>
    </message>
    <message>
        <source>Put fields into braces, as in the template that the program suggests.</source>
        <translation>Setzen Sie Felder in geschweifte Klammern, wie in der Vorlage, die das Programm vorschlägt.</translation>
    </message>
    <message>
        <source>{name} was not touched: the folder {folder} is a link that leads out of the chosen folder.</source>
        <translation>{name} wurde nicht angetastet: Der Ordner {folder} ist eine Verknüpfung, die aus dem gewählten Ordner hinausführt.</translation>
    </message>
    <message>
        <source>Remove the link, or choose the folder it leads to.</source>
        <translation>Entfernen Sie die Verknüpfung oder wählen Sie den Ordner, in den sie führt.</translation>
    </message>
    <message>
        <source>{name} was not touched: another file has taken its place meanwhile.</source>
        <translation>{name} wurde nicht angetastet: Inzwischen liegt eine andere Datei an ihrem Platz.</translation>
    </message>
    <message>
        <source>Rename or move that file, then try again.</source>
        <translation>Benennen Sie jene Datei um oder verschieben Sie sie, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>{name} is a link to a file elsewhere, so it was not moved.</source>
        <translation>{name} ist eine Verknüpfung zu einer Datei an anderer Stelle und wurde deshalb nicht verschoben.</translation>
    </message>
    <message>
        <source>Copy the photo instead, or move the file that the link leads to.</source>
        <translation>Kopieren Sie das Foto stattdessen, oder verschieben Sie die Datei, zu der die Verknüpfung führt.</translation>
    </message>
    <message>
        <source>No permission to copy or move {name}.</source>
        <translation>Keine Berechtigung, {name} zu kopieren oder zu verschieben.</translation>
    </message>
    <message>
        <source>Make both folders and the file writable, then try again.</source>
        <translation>Machen Sie beide Ordner und die Datei beschreibbar und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>There is no room for {name} on the disk of the chosen folder. The original is where it was.</source>
        <translation>Auf dem Laufwerk des gewählten Ordners ist kein Platz für {name}. Das Original ist, wo es war.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Schaffen Sie Platz und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>{name} could not be copied or moved: {reason}. The original is where it was.</source>
        <translation>{name} konnte nicht kopiert oder verschoben werden: {reason}. Das Original ist, wo es war.</translation>
    </message>
    <message>
        <source>Check the drives, then try again.</source>
        <translation>Prüfen Sie die Laufwerke und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The copy of {name} did not read back the same, so it was removed. The original is where it was.</source>
        <translation>Die Kopie von {name} ließ sich nicht ebenso zurücklesen und wurde deshalb entfernt. Das Original ist, wo es war.</translation>
    </message>
    <message>
        <source>Check the drive for errors before you use it any further.</source>
        <translation>Prüfen Sie das Laufwerk auf Fehler, bevor Sie es weiter benutzen.</translation>
    </message>
    <message>
        <source>{name} was changed since the preview, so it was left where it is.</source>
        <translation>{name} wurde seit der Vorschau geändert und blieb deshalb, wo es ist.</translation>
    </message>
    <message>
        <source>Organise the photo again.</source>
        <translation>Sortieren Sie das Foto noch einmal ein.</translation>
    </message>
    <message>
        <source>The copy {name} was changed since it was made, so undo left it alone.</source>
        <translation>Die Kopie {name} wurde geändert, seit sie gemacht wurde; deshalb blieb sie beim Zurücknehmen unberührt.</translation>
    </message>
    <message>
        <source>Remove it by hand if you no longer need it; the original is untouched.</source>
        <translation>Entfernen Sie sie von Hand, wenn Sie sie nicht mehr brauchen; das Original ist unverändert.</translation>
    </message>
    <message>
        <source>{name} is in its new place, but the original could not be removed: {reason}.</source>
        <translation>{name} ist an seinem neuen Platz, aber das Original konnte nicht entfernt werden: {reason}.</translation>
    </message>
    <message>
        <source>Remove the original by hand; both are the same.</source>
        <translation>Entfernen Sie das Original von Hand; beide sind gleich.</translation>
    </message>
    <message>
        <source>The file {name} could not be written: {reason}.</source>
        <translation>Die Datei {name} konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>Choose another place, or make room and give yourself permission to write there.</source>
        <translation>Wählen Sie einen anderen Platz, oder schaffen Sie Platz und geben Sie sich dort die Schreibberechtigung.</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}.</translation>
    </message>
    <message>
        <source>See &apos;landmark-desktop --help&apos;.</source>
        <translation>Siehe „landmark-desktop --help“.</translation>
    </message>
    <message>
        <source>{name} was not reached because the run was cancelled.</source>
        <translation>{name} kam nicht an die Reihe, weil der Lauf abgebrochen wurde.</translation>
    </message>
    <message>
        <source>Start the run again.</source>
        <translation>Starten Sie den Lauf noch einmal.</translation>
    </message>
</context>
<context>
    <name>FileActions</name>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>GeoJSON (*.geojson)</source>
        <translation>GeoJSON (*.geojson)</translation>
    </message>
    <message>
        <source>KML, for Google Earth (*.kml)</source>
        <translation>KML, für Google Earth (*.kml)</translation>
    </message>
    <message>
        <source>GPX waypoints (*.gpx)</source>
        <translation>GPX-Wegpunkte (*.gpx)</translation>
    </message>
    <message>
        <source>Export reviewed photos</source>
        <translation>Geprüfte Fotos exportieren</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) exported to {0}.</source>
        <translation>
            <numerusform>%Ln Foto nach {0} exportiert.</numerusform>
            <numerusform>%Ln Fotos nach {0} exportiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out: this bundle knows no place for their landmarks.</source>
        <translation>
            <numerusform>%Ln ausgelassen: Dieses Paket kennt keinen Ort für das Wahrzeichen.</numerusform>
            <numerusform>%Ln ausgelassen: Dieses Paket kennt keinen Ort für ihre Wahrzeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your system knows no program for {0}.</source>
        <translation>Ihr System kennt kein Programm für {0}.</translation>
    </message>
    <message>
        <source>Choose one for such files in the settings of your desktop or its file manager.</source>
        <translation>Wählen Sie eines für solche Dateien in den Einstellungen Ihres Systems oder seines Dateimanagers.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) got an answer from their files.</source>
        <translation>
            <numerusform>%Ln Foto bekam eine Antwort aus seinen Dateien.</numerusform>
            <numerusform>%Ln Fotos bekamen eine Antwort aus ihren Dateien.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln speak of a place that is no landmark of this bundle.</source>
        <translation>
            <numerusform>%Ln nennt einen Ort, der kein Wahrzeichen dieses Pakets ist.</numerusform>
            <numerusform>%Ln nennen einen Ort, der kein Wahrzeichen dieses Pakets ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>The files of this photo say: {0}</source>
        <translation>Die Dateien dieses Fotos sagen: {0}</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search file, landmark, city, country</source>
        <translation>Datei, Wahrzeichen, Stadt, Land suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>The order of the photos</source>
        <translation>Die Reihenfolge der Fotos</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Put photos into groups; a group is accepted with one key (G)</source>
        <translation>Fotos in Gruppen zeigen; eine Gruppe wird mit einer Taste angenommen (G)</translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation>Größe der Kacheln</translation>
    </message>
    <message>
        <source>Size of the tiles (Ctrl + wheel)</source>
        <translation>Größe der Kacheln (Strg + Mausrad)</translation>
    </message>
    <message>
        <source>Folder and name</source>
        <translation>Ordner und Name</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Aufnahmedatum</translation>
    </message>
    <message>
        <source>Most confident first</source>
        <translation>Sicherste zuerst</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Unsicherste zuerst</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Wahrzeichen</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>By landmark</source>
        <translation>Nach Wahrzeichen</translation>
    </message>
    <message>
        <source>By place</source>
        <translation>Nach Ort</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Nach Tag</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Photos that show a landmark, as far as the model can tell</source>
        <translation>Fotos, die ein Wahrzeichen zeigen, soweit das Modell es sagen kann</translation>
    </message>
    <message>
        <source>Photos whose guesses need your eyes</source>
        <translation>Fotos, deren Vorschläge Ihren Blick brauchen</translation>
    </message>
    <message>
        <source>Photos that show no landmark the model knows</source>
        <translation>Fotos, die kein Wahrzeichen zeigen, das das Modell kennt</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>Dateien, die nicht gelesen werden konnten</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>at: {0}</source>
        <translation>bei: {0}</translation>
    </message>
    <message>
        <source>in: {0}</source>
        <translation>in: {0}</translation>
    </message>
    <message>
        <source>Only photos {0}. Click to show the others, too.</source>
        <translation>Nur Fotos {0}. Klicken, um auch die anderen zu zeigen.</translation>
    </message>
    <message>
        <source>Only photos {0}; remove</source>
        <translation>Nur Fotos {0}; entfernen</translation>
    </message>
</context>
<context>
    <name>FirstTour</name>
    <message>
        <source>The model looks at every photo</source>
        <translation>Das Modell sieht sich jedes Foto an</translation>
    </message>
    <message>
        <source>A filled disc is a landmark that it is sure of, a half disc wants your eyes, a ring is no landmark it knows: most photos are that. The buttons above the photos show one kind only.</source>
        <translation>Eine volle Scheibe ist ein Wahrzeichen, bei dem es sicher ist, eine halbe braucht Ihren Blick, ein Ring ist kein Wahrzeichen, das es kennt: Das sind die meisten Fotos. Die Knöpfe über den Fotos zeigen nur eine Art.</translation>
    </message>
    <message>
        <source>You say whether it is right</source>
        <translation>Sie sagen, ob es stimmt</translation>
    </message>
    <message>
        <source>Enter accepts the first guess and goes on, 2 to 5 accept another one, Backspace says that there is no landmark, F finds any by its name, U takes your last answer back.</source>
        <translation>Die Eingabetaste nimmt den ersten Vorschlag an und geht weiter, 2 bis 5 nehmen einen anderen an, die Rücktaste sagt, dass da kein Wahrzeichen ist, F findet jedes nach seinem Namen, U nimmt Ihre letzte Antwort zurück.</translation>
    </message>
    <message>
        <source>Then the places are written</source>
        <translation>Dann werden die Orte geschrieben</translation>
    </message>
    <message>
        <source>Photo ▸ Write places (Ctrl+S) shows first what would be written, into sidecars beside the photos. Edit ▸ Runs takes it back, also weeks later.</source>
        <translation>Foto ▸ Orte schreiben (Strg+S) zeigt zuerst, was geschrieben würde, in Sidecar-Dateien neben den Fotos. Bearbeiten ▸ Schreibläufe nimmt es zurück, auch noch Wochen später.</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message>
        <source>Recent folders</source>
        <translation>Zuletzt geöffnete Ordner</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln still to be classified</source>
        <translation>
            <numerusform>%Ln noch zu erkennen</numerusform>
            <numerusform>%Ln noch zu erkennen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupHeaders</name>
    <message numerus="yes">
        <source>%Ln without an answer</source>
        <translation>
            <numerusform>%Ln ohne Antwort</numerusform>
            <numerusform>%Ln ohne Antwort</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>all answered</source>
        <translation>alle beantwortet</translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation>eingeklappt</translation>
    </message>
</context>
<context>
    <name>GuessBar</name>
    <message>
        <source>Guess {0}: {1}, {2}</source>
        <translation>Vorschlag {0}: {1}, {2}</translation>
    </message>
</context>
<context>
    <name>Herald</name>
    <message numerus="yes">
        <source>%Ln photo(s) are classified.</source>
        <translation>
            <numerusform>%Ln Foto ist erkannt.</numerusform>
            <numerusform>%Ln Fotos sind erkannt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Places are written into %Ln photo(s).</source>
        <translation>
            <numerusform>Der Ort ist in %Ln Foto geschrieben.</numerusform>
            <numerusform>Die Orte sind in %Ln Fotos geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed.</source>
        <translation>
            <numerusform>%Ln fehlgeschlagen.</numerusform>
            <numerusform>%Ln fehlgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were taken back or written again.</source>
        <translation>
            <numerusform>%Ln Foto wurde zurückgenommen oder wieder geschrieben.</numerusform>
            <numerusform>%Ln Fotos wurden zurückgenommen oder wieder geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were copied or moved.</source>
        <translation>
            <numerusform>%Ln Foto wurde kopiert oder verschoben.</numerusform>
            <numerusform>%Ln Fotos wurden kopiert oder verschoben.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Arrow keys, Page Up, Page Down, Home and End move; Shift extends the selection, or moves a photo that is zoomed in.</source>
        <translation>Pfeiltasten, Bild auf, Bild ab, Pos1 und Ende bewegen; die Umschalttaste erweitert die Auswahl oder verschiebt ein vergrößertes Foto.</translation>
    </message>
</context>
<context>
    <name>LandmarkModel</name>
    <message>
        <source>no place known</source>
        <translation>kein Ort bekannt</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Wahrzeichen</translation>
    </message>
    <message>
        <source>Local name</source>
        <translation>Name vor Ort</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Stadt</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Lage</translation>
    </message>
</context>
<context>
    <name>LandmarkPicker</name>
    <message>
        <source>Find a landmark</source>
        <translation>Wahrzeichen suchen</translation>
    </message>
    <message>
        <source>Name, local name, city or country</source>
        <translation>Name, Name vor Ort, Stadt oder Land</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Wahrzeichen</translation>
    </message>
    <message>
        <source>No landmark of this bundle fits. Try fewer letters.</source>
        <translation>Kein Wahrzeichen dieses Pakets passt. Versuchen Sie es mit weniger Buchstaben.</translation>
    </message>
    <message numerus="yes">
        <source>Enter accepts the landmark for %Ln photo(s)</source>
        <translation>
            <numerusform>Die Eingabetaste nimmt das Wahrzeichen für %Ln Foto an</numerusform>
            <numerusform>Die Eingabetaste nimmt das Wahrzeichen für %Ln Fotos an</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LandmarkTable</name>
    <message>
        <source>Search landmark, city, country</source>
        <translation>Wahrzeichen, Stadt, Land suchen</translation>
    </message>
    <message>
        <source>Search landmarks</source>
        <translation>Wahrzeichen suchen</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Wahrzeichen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln Wahrzeichen</numerusform>
            <numerusform>%Ln Wahrzeichen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LargePreview</name>
    <message>
        <source>Large preview</source>
        <translation>Große Vorschau</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>Zurück  Esc</translation>
    </message>
    <message>
        <source>Back to all photos</source>
        <translation>Zurück zu allen Fotos</translation>
    </message>
    <message>
        <source>The photo&apos;s own pixels, or the whole photo (Z)</source>
        <translation>Die eigenen Pixel des Fotos, oder das ganze Foto (Z)</translation>
    </message>
    <message>
        <source>← → other photo     Enter accept     1–5 guess     Backspace no landmark     + − Z 0 zoom</source>
        <translation>← → anderes Foto     Eingabe annehmen     1–5 Vorschlag     Rücktaste kein Wahrzeichen     + − Z 0 Zoom</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>Zoom: {0}</source>
        <translation>Zoom: {0}</translation>
    </message>
</context>
<context>
    <name>LatestRuns</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln fehlgeschlagen</numerusform>
            <numerusform>%Ln fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln taken back</source>
        <translation>
            <numerusform>%Ln zurückgenommen</numerusform>
            <numerusform>%Ln zurückgenommen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%Ln folder(s) and file(s)</source>
        <translation>
            <numerusform>%Ln Ordner oder Datei</numerusform>
            <numerusform>%Ln Ordner und Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>Model bundles…</source>
        <translation>Modellpakete …</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>vorgeschlagen</translation>
    </message>
    <message>
        <source>own GPS</source>
        <translation>eigenes GPS</translation>
    </message>
    <message>
        <source>near {0}</source>
        <translation>bei {0}</translation>
    </message>
    <message>
        <source>{0} accepted</source>
        <translation>{0} angenommen</translation>
    </message>
    <message>
        <source>{0} suggested</source>
        <translation>{0} vorgeschlagen</translation>
    </message>
    <message>
        <source>{0} with a position of their own</source>
        <translation>{0} mit eigenem Standort</translation>
    </message>
</context>
<context>
    <name>MapPanel</name>
    <message>
        <source>No places yet. Landmarks that are recognised in your photos appear here.</source>
        <translation>Noch keine Orte. Wahrzeichen, die in Ihren Fotos erkannt werden, erscheinen hier.</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Vergrößern (+)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>Verkleinern (−)</translation>
    </message>
    <message>
        <source>Fit to photos</source>
        <translation>An Fotos anpassen</translation>
    </message>
    <message>
        <source>Show all places of the photos (Home)</source>
        <translation>Alle Orte der Fotos zeigen (Pos1)</translation>
    </message>
    <message>
        <source>Photos with their own GPS</source>
        <translation>Fotos mit eigenem GPS</translation>
    </message>
    <message>
        <source>Also show photos without a landmark that have a GPS position of their own</source>
        <translation>Auch Fotos ohne Wahrzeichen zeigen, die einen eigenen GPS-Standort haben</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
</context>
<context>
    <name>NotificationBar</name>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Dismiss all</source>
        <translation>Alle schließen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln weiterer</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open photos</source>
        <translation>Fotos öffnen</translation>
    </message>
</context>
<context>
    <name>OrganiseDialog</name>
    <message>
        <source>Organise photos</source>
        <translation>Fotos einsortieren</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Folder that holds the new folders</source>
        <translation>Ordner für die neuen Ordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>In den Ordner</translation>
    </message>
    <message>
        <source>Template of the folders</source>
        <translation>Vorlage für die Ordner</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Fields: {0}</source>
        <translation>Felder: {0}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Also photos without an accepted place</source>
        <translation>Auch Fotos ohne angenommenen Ort</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Take a run back</source>
        <translation>Einen Lauf zurücknehmen</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) to organise</source>
        <translation>
            <numerusform>%Ln Foto einzusortieren</numerusform>
            <numerusform>%Ln Fotos einzusortieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Looking where the photos go…</source>
        <translation>Es wird geprüft, wohin die Fotos kommen …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be moved</source>
        <translation>
            <numerusform>%Ln Foto wird verschoben</numerusform>
            <numerusform>%Ln Fotos werden verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be copied</source>
        <translation>
            <numerusform>%Ln Foto wird kopiert</numerusform>
            <numerusform>%Ln Fotos werden kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln schon da</numerusform>
            <numerusform>%Ln schon da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be organised</source>
        <translation>
            <numerusform>%Ln nicht einsortierbar</numerusform>
            <numerusform>%Ln nicht einsortierbar</numerusform>
        </translation>
    </message>
    <message>
        <source>there is no room: {0} MB are needed, {1} MB are free</source>
        <translation>Der Platz reicht nicht: {0} MB werden gebraucht, {1} MB sind frei</translation>
    </message>
    <message>
        <source>Organising…</source>
        <translation>Fotos werden einsortiert …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) organised</source>
        <translation>
            <numerusform>%Ln Foto einsortiert</numerusform>
            <numerusform>%Ln Fotos einsortiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln Foto wie zuvor</numerusform>
            <numerusform>%Ln Fotos wie zuvor</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left where they are</source>
        <translation>
            <numerusform>%Ln blieb, wo es ist</numerusform>
            <numerusform>%Ln blieben, wo sie sind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) moved</source>
        <translation>
            <numerusform>%Ln Foto verschoben</numerusform>
            <numerusform>%Ln Fotos verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) copied</source>
        <translation>
            <numerusform>%Ln Foto kopiert</numerusform>
            <numerusform>%Ln Fotos kopiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Bringing the photos back…</source>
        <translation>Die Fotos werden zurückgebracht …</translation>
    </message>
</context>
<context>
    <name>OrganiseModel</name>
    <message>
        <source>Is where it should be</source>
        <translation>Ist, wo es hingehört</translation>
    </message>
    <message>
        <source>The same photo is there already</source>
        <translation>Das gleiche Foto ist schon da</translation>
    </message>
    <message>
        <source>Another photo has this name, so it gets a number</source>
        <translation>Ein anderes Foto heißt so, deshalb bekommt es eine Nummer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more file(s) go along</source>
        <translation>
            <numerusform>%Ln weitere Datei geht mit</numerusform>
            <numerusform>%Ln weitere Dateien gehen mit</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>As it was before</source>
        <translation>Wie zuvor</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Anmerkungen</translation>
    </message>
</context>
<context>
    <name>PhotoFacts</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>{0} × {1}, {2} MP</source>
        <translation>{0} × {1}, {2} MP</translation>
    </message>
</context>
<context>
    <name>PhotoMenu</name>
    <message numerus="yes">
        <source>Accept %Ln photo(s) of this group</source>
        <translation>
            <numerusform>%Ln Foto dieser Gruppe annehmen</numerusform>
            <numerusform>%Ln Fotos dieser Gruppe annehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Open this group</source>
        <translation>Diese Gruppe ausklappen</translation>
    </message>
    <message>
        <source>Collapse this group</source>
        <translation>Diese Gruppe einklappen</translation>
    </message>
    <message>
        <source>Accept another guess</source>
        <translation>Anderen Vorschlag annehmen</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message numerus="yes">
        <source>Accept the first guesses of %Ln photo(s) of this group</source>
        <translation>
            <numerusform>Den ersten Vorschlag für %Ln Foto dieser Gruppe annehmen</numerusform>
            <numerusform>Die ersten Vorschläge für %Ln Fotos dieser Gruppe annehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Click to open this group</source>
        <translation>Klicken, um diese Gruppe auszuklappen</translation>
    </message>
    <message>
        <source>Click to collapse this group</source>
        <translation>Klicken, um diese Gruppe einzuklappen</translation>
    </message>
</context>
<context>
    <name>PlaceModel</name>
    <message numerus="yes">
        <source>%Ln accepted</source>
        <translation>
            <numerusform>%Ln angenommen</numerusform>
            <numerusform>%Ln angenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggested</source>
        <translation>
            <numerusform>%Ln vorgeschlagen</numerusform>
            <numerusform>%Ln vorgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Place not known</source>
        <translation>Ort nicht bekannt</translation>
    </message>
</context>
<context>
    <name>PlanModel</name>
    <message>
        <source>Photo and field</source>
        <translation>Foto und Feld</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Cannot be written</source>
        <translation>Kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Already says all of it</source>
        <translation>Sagt schon alles davon</translation>
    </message>
    <message>
        <source>{0} is changed</source>
        <translation>{0} wird geändert</translation>
    </message>
    <message>
        <source>{0} is made</source>
        <translation>{0} wird angelegt</translation>
    </message>
</context>
<context>
    <name>ProviderDialog</name>
    <message>
        <source>Where the model runs</source>
        <translation>Wo das Modell läuft</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>CUDA (NVIDIA)</source>
        <translation>CUDA (NVIDIA)</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Gewünscht</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>Geladen</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>The results are the same either way; a graphics card is only faster.</source>
        <translation>Die Ergebnisse sind in beiden Fällen gleich; eine Grafikkarte ist nur schneller.</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>it is no sound ONNX file</source>
        <translation>es ist keine einwandfreie ONNX-Datei</translation>
    </message>
    <message>
        <source>it is no ONNX model with one graph and one set of operators</source>
        <translation>es ist kein ONNX-Modell mit einem Graphen und einem Satz von Operatoren</translation>
    </message>
    <message>
        <source>some of its numbers lie in another file</source>
        <translation>manche seiner Zahlen liegen in einer anderen Datei</translation>
    </message>
    <message>
        <source>it defines functions of its own</source>
        <translation>es definiert eigene Funktionen</translation>
    </message>
    <message>
        <source>it holds graphs for training</source>
        <translation>es enthält Graphen zum Trainieren</translation>
    </message>
    <message>
        <source>it has no pixels</source>
        <translation>es hat keine Pixel</translation>
    </message>
    <message>
        <source>a raw file of a camera or kind that is not known</source>
        <translation>eine Raw-Datei einer unbekannten Kamera oder Art</translation>
    </message>
    <message>
        <source>its header cannot be read</source>
        <translation>sein Kopf kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>the graphics card has too little free memory</source>
        <translation>die Grafikkarte hat zu wenig freien Speicher</translation>
    </message>
    <message>
        <source>its outputs have another shape</source>
        <translation>seine Ausgaben haben eine andere Form</translation>
    </message>
    <message>
        <source>it answered with NaN or infinity</source>
        <translation>es antwortete mit NaN oder unendlich</translation>
    </message>
    <message>
        <source>its answers are no probabilities</source>
        <translation>seine Antworten sind keine Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>its activation maps have another shape</source>
        <translation>seine Aktivierungskarten haben eine andere Form</translation>
    </message>
    <message>
        <source>this program was packed without CUDA</source>
        <translation>dieses Programm wurde ohne CUDA gepackt</translation>
    </message>
    <message>
        <source>the bundle&apos;s fp16 model is the faster one on a graphics card</source>
        <translation>das fp16-Modell des Pakets ist auf einer Grafikkarte das schnellere</translation>
    </message>
    <message>
        <source>the bundle&apos;s int8 model is the faster one on the CPU</source>
        <translation>das int8-Modell des Pakets ist auf der CPU das schnellere</translation>
    </message>
    <message>
        <source>the bundle has no fp16 model, which would be the faster one on a graphics card</source>
        <translation>das Paket hat kein fp16-Modell, das auf einer Grafikkarte schneller wäre</translation>
    </message>
    <message>
        <source>the bundle has no int8 model, which would be the faster one on the CPU</source>
        <translation>das Paket hat kein int8-Modell, das auf der CPU schneller wäre</translation>
    </message>
    <message>
        <source>the CPU was chosen in the settings</source>
        <translation>die CPU wurde in den Einstellungen gewählt</translation>
    </message>
    <message>
        <source>CUDA does not exist on macOS</source>
        <translation>CUDA gibt es unter macOS nicht</translation>
    </message>
    <message>
        <source>this ONNX Runtime build has no CUDA support</source>
        <translation>diese Ausgabe von ONNX Runtime kann kein CUDA</translation>
    </message>
    <message>
        <source>ONNX Runtime could not load its CUDA libraries (CUDA or cuDNN is missing or of another version)</source>
        <translation>ONNX Runtime konnte seine CUDA-Bibliotheken nicht laden (CUDA oder cuDNN fehlt oder ist von anderer Version)</translation>
    </message>
    <message>
        <source>no NVIDIA driver was found</source>
        <translation>es wurde kein NVIDIA-Treiber gefunden</translation>
    </message>
    <message>
        <source>this processor has no exact arithmetic for the bundle&apos;s int8 model (VNNI)</source>
        <translation>dieser Prozessor rechnet für das int8-Modell des Pakets nicht genau (VNNI)</translation>
    </message>
    <message>
        <source>it was changed while it was read</source>
        <translation>es wurde beim Lesen geändert</translation>
    </message>
    <message>
        <source>the PNG has no end</source>
        <translation>das PNG hat kein Ende</translation>
    </message>
    <message>
        <source>the WebP has no picture</source>
        <translation>das WebP hat kein Bild</translation>
    </message>
    <message>
        <source>it is a raw file</source>
        <translation>es ist eine Raw-Datei</translation>
    </message>
    <message>
        <source>it holds data that none of its directories knows</source>
        <translation>sie enthält Daten, die keines ihrer Verzeichnisse kennt</translation>
    </message>
    <message>
        <source>its picture data overlaps or is cut off</source>
        <translation>seine Bilddaten überlappen sich oder sind abgeschnitten</translation>
    </message>
    <message>
        <source>a JPEG segment is missing</source>
        <translation>ein JPEG-Segment fehlt</translation>
    </message>
    <message>
        <source>the JPEG has no picture</source>
        <translation>das JPEG hat kein Bild</translation>
    </message>
    <message>
        <source>a JPEG segment is cut off</source>
        <translation>ein JPEG-Segment ist abgeschnitten</translation>
    </message>
    <message>
        <source>a PNG chunk is cut off</source>
        <translation>ein PNG-Block ist abgeschnitten</translation>
    </message>
    <message>
        <source>a WebP chunk is cut off</source>
        <translation>ein WebP-Block ist abgeschnitten</translation>
    </message>
    <message>
        <source>it is no valid XMP</source>
        <translation>es ist kein gültiges XMP</translation>
    </message>
    <message>
        <source>its XMP cannot be written back</source>
        <translation>sein XMP kann nicht zurückgeschrieben werden</translation>
    </message>
    <message>
        <source>it is no XMP</source>
        <translation>es ist kein XMP</translation>
    </message>
    <message>
        <source>its text encoding is damaged</source>
        <translation>seine Textcodierung ist beschädigt</translation>
    </message>
    <message>
        <source>its XMP is damaged</source>
        <translation>sein XMP ist beschädigt</translation>
    </message>
    <message>
        <source>the disk gave back other bytes</source>
        <translation>das Laufwerk gab andere Bytes zurück</translation>
    </message>
    <message>
        <source>it is a TIFF of an unknown kind</source>
        <translation>es ist ein TIFF unbekannter Art</translation>
    </message>
    <message>
        <source>its TIFF directories cannot be followed</source>
        <translation>seinen TIFF-Verzeichnissen lässt sich nicht folgen</translation>
    </message>
    <message>
        <source>it has a TIFF tag of an unknown type</source>
        <translation>sie hat ein TIFF-Feld unbekannten Typs</translation>
    </message>
    <message>
        <source>a TIFF tag is cut off</source>
        <translation>ein TIFF-Feld ist abgeschnitten</translation>
    </message>
    <message>
        <source>a page has no picture</source>
        <translation>eine Seite hat kein Bild</translation>
    </message>
    <message>
        <source>its strips are not all listed</source>
        <translation>seine Streifen sind nicht alle aufgeführt</translation>
    </message>
    <message>
        <source>that is a photo&apos;s name</source>
        <translation>das ist der Name eines Fotos</translation>
    </message>
    <message>
        <source>it is a file and no folder</source>
        <translation>es ist eine Datei und kein Ordner</translation>
    </message>
</context>
<context>
    <name>ResultList</name>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
</context>
<context>
    <name>ResultModel</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Written and read back</source>
        <translation>Geschrieben und zurückgelesen</translation>
    </message>
    <message>
        <source>As it was before</source>
        <translation>Wie zuvor</translation>
    </message>
    <message>
        <source>Not written</source>
        <translation>Nicht geschrieben</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>In Arbeit</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Current photo</source>
        <translation>Aktuelles Foto</translation>
    </message>
    <message>
        <source>Taken here (T)</source>
        <translation>Hier aufgenommen (T)</translation>
    </message>
    <message>
        <source>Also write the landmark&apos;s position as the estimated position of the camera.
</source>
        <translation>Auch die Lage des Wahrzeichens als geschätzten Standort der Kamera schreiben.
</translation>
    </message>
    <message>
        <source>A photo that has GPS keeps its own, unless you confirm here that it is to be replaced.</source>
        <translation>Ein Foto mit GPS behält sein eigenes, es sei denn, Sie bestätigen hier, dass es ersetzt werden soll.</translation>
    </message>
    <message>
        <source>Accept  ⏎</source>
        <translation>Annehmen  ⏎</translation>
    </message>
    <message>
        <source>Accept the first guess</source>
        <translation>Den ersten Vorschlag annehmen</translation>
    </message>
    <message>
        <source>No landmark  ⌫</source>
        <translation>Keines  ⌫</translation>
    </message>
    <message>
        <source>No landmark</source>
        <translation>Kein Wahrzeichen</translation>
    </message>
    <message>
        <source>Find…  F</source>
        <translation>Suchen …  F</translation>
    </message>
    <message>
        <source>Find a landmark by its name</source>
        <translation>Ein Wahrzeichen nach seinem Namen suchen</translation>
    </message>
    <message>
        <source>No photo is selected</source>
        <translation>Kein Foto ist ausgewählt</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln ausgewählt</numerusform>
            <numerusform>%Ln ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>✓ Written</source>
        <translation>✓ Geschrieben</translation>
    </message>
    <message>
        <source>✎ Accepted, not written yet</source>
        <translation>✎ Angenommen, noch nicht geschrieben</translation>
    </message>
    <message>
        <source>✕ You said: no landmark</source>
        <translation>✕ Sie sagten: kein Wahrzeichen</translation>
    </message>
    <message>
        <source>The photo has GPS: {0}</source>
        <translation>Das Foto hat GPS: {0}</translation>
    </message>
    <message>
        <source>✓ {0} from {1}: they agree</source>
        <translation>✓ {0} von {1}: passt zusammen</translation>
    </message>
    <message>
        <source>{0} from {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>⚠ {0} from {1}: too far to be true, so the GPS is kept</source>
        <translation>⚠ {0} von {1}: zu weit, um zu stimmen; das GPS bleibt</translation>
    </message>
    <message>
        <source>There is no guess that can be relied on; press 1 to 5 to pick one anyway.</source>
        <translation>Kein Vorschlag ist verlässlich; mit 1 bis 5 können Sie trotzdem einen wählen.</translation>
    </message>
</context>
<context>
    <name>Reviewer</name>
    <message>
        <source>There is no such guess for this photo.</source>
        <translation>Diesen Vorschlag gibt es für dieses Foto nicht.</translation>
    </message>
    <message>
        <source>No photo that is shown has the verdict Landmark and waits for an answer.</source>
        <translation>Kein gezeigtes Foto hat das Urteil „Wahrzeichen“ und wartet auf eine Antwort.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) accepted. U takes it back.</source>
        <translation>
            <numerusform>%Ln Foto angenommen. U nimmt es zurück.</numerusform>
            <numerusform>%Ln Fotos angenommen. U nimmt es zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing in this group can be accepted at once.</source>
        <translation>In dieser Gruppe kann nichts auf einmal angenommen werden.</translation>
    </message>
    <message>
        <source>There is no place that could replace the photo’s GPS.</source>
        <translation>Es gibt keinen Ort, der das GPS des Fotos ersetzen könnte.</translation>
    </message>
    <message>
        <source>This photo could not be read.</source>
        <translation>Dieses Foto konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>This photo has no guesses yet.</source>
        <translation>Für dieses Foto gibt es noch keine Vorschläge.</translation>
    </message>
    <message>
        <source>Nothing accepted: the model knows no landmark here. Press 1 to 5 to pick a guess anyway.</source>
        <translation>Nichts angenommen: Das Modell kennt hier kein Wahrzeichen. Mit 1 bis 5 wählen Sie trotzdem einen Vorschlag.</translation>
    </message>
</context>
<context>
    <name>RunModel</name>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
</context>
<context>
    <name>RunsDialog</name>
    <message>
        <source>Runs</source>
        <translation>Schreibläufe</translation>
    </message>
    <message>
        <source>Every run can be taken back as a whole; files that were changed since are left alone.</source>
        <translation>Jeder Lauf kann als Ganzes zurückgenommen werden; Dateien, die seither geändert wurden, bleiben unberührt.</translation>
    </message>
    <message>
        <source>Files of the run</source>
        <translation>Dateien des Laufs</translation>
    </message>
    <message>
        <source>Undo this run</source>
        <translation>Diesen Lauf zurücknehmen</translation>
    </message>
    <message>
        <source>Undo chosen photos</source>
        <translation>Gewählte Fotos zurücknehmen</translation>
    </message>
    <message>
        <source>Write again</source>
        <translation>Wieder schreiben</translation>
    </message>
    <message>
        <source>Writes again what was undone, of the chosen photos or else of the whole run.</source>
        <translation>Schreibt wieder, was zurückgenommen wurde, für die gewählten Fotos oder sonst den ganzen Lauf.</translation>
    </message>
    <message>
        <source>Remove only what was written</source>
        <translation>Nur Geschriebenes entfernen</translation>
    </message>
    <message>
        <source>Takes what was written of places and keywords out of files that were changed since; the rest stays.</source>
        <translation>Nimmt aus Dateien, die seither geändert wurden, die geschriebenen Orte und Stichwörter heraus; das Übrige bleibt.</translation>
    </message>
    <message>
        <source>Undo a folder…</source>
        <translation>Einen Ordner zurücknehmen …</translation>
    </message>
    <message>
        <source>Takes back all that any run wrote to the photos of a folder.</source>
        <translation>Nimmt alles zurück, was irgendein Lauf in die Fotos eines Ordners geschrieben hat.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Es wurde noch nichts geschrieben.</translation>
    </message>
    <message>
        <source>Undo all that was written in this folder</source>
        <translation>Alles zurücknehmen, was in diesem Ordner geschrieben wurde</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) written again</source>
        <translation>
            <numerusform>%Ln Foto wieder geschrieben</numerusform>
            <numerusform>%Ln Fotos wieder geschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln Foto wie zuvor</numerusform>
            <numerusform>%Ln Fotos wie zuvor</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone</source>
        <translation>
            <numerusform>%Ln unberührt gelassen</numerusform>
            <numerusform>%Ln unberührt gelassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Write places into</source>
        <translation>Orte schreiben in</translation>
    </message>
    <message>
        <source>Sidecars leave the photo file itself untouched. Raw files other than DNG, and formats that cannot be embedded, get a sidecar either way.</source>
        <translation>Sidecar-Dateien lassen das Foto selbst unberührt. Raw-Dateien außer DNG, und Formate, die sich nicht einbetten lassen, bekommen in jedem Fall eine Sidecar-Datei.</translation>
    </message>
    <message>
        <source>a sidecar next to the photo</source>
        <translation>eine Sidecar-Datei neben dem Foto</translation>
    </message>
    <message>
        <source>the photo file</source>
        <translation>die Fotodatei</translation>
    </message>
    <message>
        <source>Name of new sidecars</source>
        <translation>Name neuer Sidecar-Dateien</translation>
    </message>
    <message>
        <source>A folder that already uses one of the two keeps it.</source>
        <translation>Ein Ordner, der schon einen der beiden verwendet, behält ihn.</translation>
    </message>
    <message>
        <source>IMG_1.jpg.xmp (digiKam, darktable, Immich)</source>
        <translation>IMG_1.jpg.xmp (digiKam, darktable, Immich)</translation>
    </message>
    <message>
        <source>IMG_1.xmp (Lightroom)</source>
        <translation>IMG_1.xmp (Lightroom)</translation>
    </message>
    <message>
        <source>Photos without GPS: also write the landmark as estimated camera position</source>
        <translation>Fotos ohne GPS: auch das Wahrzeichen als geschätzten Standort der Kamera schreiben</translation>
    </message>
    <message>
        <source>This is what puts a photo on the map in other programs. A photo that has GPS always keeps its own.</source>
        <translation>Das bringt ein Foto in anderen Programmen auf die Karte. Ein Foto mit GPS behält immer sein eigenes.</translation>
    </message>
    <message>
        <source>Keep the modification time of photos that are written into</source>
        <translation>Änderungszeit von Fotos behalten, in die geschrieben wird</translation>
    </message>
    <message>
        <source>Leave this off if digiKam or PhotoPrism should notice the change.</source>
        <translation>Lassen Sie das aus, wenn digiKam oder PhotoPrism die Änderung bemerken sollen.</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Erkennung</translation>
    </message>
    <message>
        <source>Cautious … bold</source>
        <translation>Vorsichtig … kühn</translation>
    </message>
    <message>
        <source>Cautious calls fewer photos recognised and is right more often; bold is the other way round.</source>
        <translation>Vorsichtig nennt weniger Fotos erkannt und hat öfter recht; kühn ist umgekehrt.</translation>
    </message>
    <message>
        <source>Model bundle</source>
        <translation>Modellpaket</translation>
    </message>
    <message>
        <source>What the model can recognise. Others can be installed beside the one that came with the program.</source>
        <translation>Was das Modell erkennen kann. Andere können neben dem mitgelieferten installiert werden.</translation>
    </message>
    <message>
        <source>Run the model on</source>
        <translation>Modell ausführen auf</translation>
    </message>
    <message>
        <source>Automatic takes CUDA where it loads, else the CPU.</source>
        <translation>„Automatisch“ nimmt CUDA, wo es lädt, sonst die CPU.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>CUDA (NVIDIA)</source>
        <translation>CUDA (NVIDIA)</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Threads of the model</source>
        <translation>Threads des Modells</translation>
    </message>
    <message>
        <source>0 uses all cores, up to 16.</source>
        <translation>0 nutzt alle Kerne, bis zu 16.</translation>
    </message>
    <message>
        <source>Photos decoded at the same time</source>
        <translation>Zugleich decodierte Fotos</translation>
    </message>
    <message>
        <source>0 uses one worker for each core, up to 16.</source>
        <translation>0 nimmt einen Arbeiter je Kern, bis zu 16.</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Vorschaubilder</translation>
    </message>
    <message>
        <source>Space for thumbnails (MB)</source>
        <translation>Platz für Vorschaubilder (MB)</translation>
    </message>
    <message>
        <source>Folders that were open before show their tiles at once; 40 photos take about one MB. What was not seen for longest makes room.</source>
        <translation>Schon einmal geöffnete Ordner zeigen ihre Kacheln sofort; 40 Fotos brauchen etwa ein MB. Was am längsten nicht gesehen wurde, macht Platz.</translation>
    </message>
    <message>
        <source>Organising</source>
        <translation>Einsortieren</translation>
    </message>
    <message>
        <source>Offer to copy or move photos into folders by place and date</source>
        <translation>Anbieten, Fotos nach Ort und Datum in Ordner zu kopieren oder zu verschieben</translation>
    </message>
    <message>
        <source>Adds “Organise photos…” to the File menu. Every run can be taken back.</source>
        <translation>Fügt „Fotos einsortieren …“ zum Menü „Datei“ hinzu. Jeder Lauf kann zurückgenommen werden.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Less motion lets the map jump instead of fly, and menus appear at once.</source>
        <translation>Mit weniger Bewegung springt die Karte, statt zu fliegen, und Menüs erscheinen sofort.</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Start with the folders of last time</source>
        <translation>Mit den Ordnern vom letzten Mal beginnen</translation>
    </message>
    <message>
        <source>With their filters, their order and the photo that was current.</source>
        <translation>Mit ihren Filtern, ihrer Reihenfolge und dem Foto, das aktuell war.</translation>
    </message>
    <message>
        <source>Tell when long work ends while another window is in front</source>
        <translation>Melden, wenn lange Arbeit endet, während ein anderes Fenster vorn ist</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>In force after the next start.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Give every setting its default</source>
        <translation>Jede Einstellung auf ihren Anfangswert setzen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>{0} zurücksetzen</translation>
    </message>
    <message>
        <source>Clear now</source>
        <translation>Jetzt leeren</translation>
    </message>
    <message>
        <source>Clear all thumbnails now</source>
        <translation>Alle Vorschaubilder jetzt löschen</translation>
    </message>
    <message>
        <source>Model bundles…</source>
        <translation>Modellpakete …</translation>
    </message>
    <message>
        <source>{0} MB are used now</source>
        <translation>Jetzt sind {0} MB belegt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln Wahrzeichen</numerusform>
            <numerusform>%Ln Wahrzeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking the bundle…</source>
        <translation>Das Paket wird geprüft …</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>Open a folder to see here what the slider does to its photos.</source>
        <translation>Öffnen Sie einen Ordner, um hier zu sehen, was der Regler mit seinen Fotos macht.</translation>
    </message>
    <message numerus="yes">
        <source>of %Ln that the model has looked at</source>
        <translation>
            <numerusform>von %Ln angesehenen einen Ort</numerusform>
            <numerusform>von %Ln angesehenen einen Ort</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Would tag %Ln photo(s)</source>
        <translation>
            <numerusform>Gäbe %Ln Foto</numerusform>
            <numerusform>Gäbe %Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>, probably all of them right.</source>
        <translation>, vermutlich alle richtig.</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln of them wrong.</source>
        <translation>
            <numerusform>davon etwa %Ln falsch.</numerusform>
            <numerusform>davon etwa %Ln falsch.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Schreibläufe</translation>
    </message>
    <message>
        <source>Open a folder to begin.</source>
        <translation>Öffnen Sie einen Ordner, um zu beginnen.</translation>
    </message>
    <message>
        <source>Landmarks that are recognised appear here.</source>
        <translation>Erkannte Wahrzeichen erscheinen hier.</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Es wurde noch nichts geschrieben.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show only this folder</source>
        <translation>Nur diesen Ordner zeigen</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Nach Änderungen sehen</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Close folder</source>
        <translation>Ordner schließen</translation>
    </message>
</context>
<context>
    <name>StartProblemDialog</name>
    <message>
        <source>Open the library’s folder</source>
        <translation>Ordner der Bibliothek öffnen</translation>
    </message>
    <message>
        <source>Use another folder…</source>
        <translation>Anderen Ordner verwenden …</translation>
    </message>
    <message>
        <source>For this start; the option --library chooses a place for good.</source>
        <translation>Für diesen Start; die Option --library wählt einen Platz auf Dauer.</translation>
    </message>
    <message>
        <source>Choose a folder for the library</source>
        <translation>Einen Ordner für die Bibliothek wählen</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>{0} (CUDA not used: why?)</source>
        <translation>{0} (ohne CUDA: warum?)</translation>
    </message>
    <message numerus="yes">
        <source>Classify the remaining %Ln</source>
        <translation>
            <numerusform>Das übrige %Ln erkennen</numerusform>
            <numerusform>Die übrigen %Ln erkennen</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message numerus="yes">
        <source>Looking for photos: %Ln found</source>
        <translation>
            <numerusform>Fotos werden gesucht: %Ln gefunden</numerusform>
            <numerusform>Fotos werden gesucht: %Ln gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused at {0}</source>
        <translation>Angehalten bei {0}</translation>
    </message>
    <message>
        <source>Classifying {0}</source>
        <translation>Erkennung: {0}</translation>
    </message>
    <message>
        <source>The model does not run, so nothing is classified.</source>
        <translation>Das Modell läuft nicht, deshalb wird nichts erkannt.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln accepted place(s) not written yet (Ctrl+S)</source>
        <translation>
            <numerusform>%Ln angenommener Ort noch nicht geschrieben (Strg+S)</numerusform>
            <numerusform>%Ln angenommene Orte noch nicht geschrieben (Strg+S)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} mm</source>
        <translation>{0} mm</translation>
    </message>
    <message>
        <source>(as {0} mm on full frame)</source>
        <translation>(wie {0} mm im Vollformat)</translation>
    </message>
    <message>
        <source>Accept {0}</source>
        <translation>{0} annehmen</translation>
    </message>
    <message>
        <source>No landmark</source>
        <translation>Kein Wahrzeichen</translation>
    </message>
    <message>
        <source>No place</source>
        <translation>Kein Ort</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>Kein Datum</translation>
    </message>
    <message>
        <source>The drive that holds this photo is not connected.</source>
        <translation>Das Laufwerk mit diesem Foto ist nicht angeschlossen.</translation>
    </message>
    <message>
        <source>Settings ▸ Run the model on ▸ Automatic tries the graphics card again.</source>
        <translation>Einstellungen ▸ Modell ausführen auf ▸ Automatisch versucht es noch einmal mit der Grafikkarte.</translation>
    </message>
    <message>
        <source>With an NVIDIA graphics card: install NVIDIA’s driver and start the program again. Without one there is nothing to do.</source>
        <translation>Mit einer NVIDIA-Grafikkarte: Installieren Sie den Treiber von NVIDIA und starten Sie das Programm neu. Ohne sie ist nichts zu tun.</translation>
    </message>
    <message>
        <source>Restart the computer; a driver that was just updated is another one than the kernel’s.</source>
        <translation>Starten Sie den Computer neu; ein eben aktualisierter Treiber ist ein anderer als der des Kernels.</translation>
    </message>
    <message>
        <source>This build of the program uses the processor only. An installation from source on a computer with an NVIDIA driver gets the build for graphics cards.</source>
        <translation>Diese Ausgabe des Programms nutzt nur den Prozessor. Eine Installation aus dem Quelltext auf einem Computer mit NVIDIA-Treiber bekommt die Ausgabe für Grafikkarten.</translation>
    </message>
    <message>
        <source>There is nothing to do: on macOS the processor is the way to go.</source>
        <translation>Es ist nichts zu tun: Unter macOS ist der Prozessor der richtige Weg.</translation>
    </message>
    <message>
        <source>Install the program from source again: it brings the versions of CUDA and cuDNN that belong together.</source>
        <translation>Installieren Sie das Programm noch einmal aus dem Quelltext: Es bringt die Versionen von CUDA und cuDNN mit, die zusammengehören.</translation>
    </message>
    <message>
        <source>The model runs on the graphics card (CUDA).</source>
        <translation>Das Modell läuft auf der Grafikkarte (CUDA).</translation>
    </message>
    <message>
        <source>The model runs on the processor (CPU): {0}.</source>
        <translation>Das Modell läuft auf dem Prozessor (CPU): {0}.</translation>
    </message>
    <message>
        <source>&lt;1 %</source>
        <translation>&lt;1&#xa0;%</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}&#xa0;%</translation>
    </message>
    <message>
        <source>{0} ft</source>
        <translation>{0} ft</translation>
    </message>
    <message>
        <source>{0} mi</source>
        <translation>{0} mi</translation>
    </message>
    <message>
        <source>{0} m</source>
        <translation>{0} m</translation>
    </message>
    <message>
        <source>{0} km</source>
        <translation>{0} km</translation>
    </message>
    <message>
        <source>The bundle knows no place for this landmark</source>
        <translation>Das Paket kennt keinen Ort für dieses Wahrzeichen</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Wahrzeichen</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>No known landmark</source>
        <translation>Kein bekanntes Wahrzeichen</translation>
    </message>
    <message>
        <source>The model hesitates, but the photo was taken there: its GPS is {0} away.</source>
        <translation>Das Modell zögert, aber das Foto wurde dort aufgenommen: Sein GPS ist {0} entfernt.</translation>
    </message>
    <message>
        <source>Confident, but the photo’s GPS is {0} away: one of the two is wrong.</source>
        <translation>Sicher, aber das GPS des Fotos ist {0} entfernt: Eines von beiden ist falsch.</translation>
    </message>
    <message>
        <source>Confident, and clearly ahead of the second guess.</source>
        <translation>Sicher, und deutlich vor dem zweiten Vorschlag.</translation>
    </message>
    <message>
        <source>The first guess stays below the {0} that counts as recognised.</source>
        <translation>Der erste Vorschlag bleibt unter den {0}, ab denen er als erkannt gilt.</translation>
    </message>
    <message>
        <source>The first two guesses are too close to each other.</source>
        <translation>Die ersten beiden Vorschläge liegen zu dicht beieinander.</translation>
    </message>
    <message>
        <source>The photo looks unlike every landmark the model knows. Most photos show none; that is fine.</source>
        <translation>Das Foto gleicht keinem Wahrzeichen, das das Modell kennt. Die meisten Fotos zeigen keines; das ist in Ordnung.</translation>
    </message>
    <message>
        <source>No guess reaches {0}. Most photos show no known landmark; that is fine.</source>
        <translation>Kein Vorschlag erreicht {0}. Die meisten Fotos zeigen kein bekanntes Wahrzeichen; das ist in Ordnung.</translation>
    </message>
    <message>
        <source>no landmark</source>
        <translation>kein Wahrzeichen</translation>
    </message>
    <message>
        <source>accepted, written</source>
        <translation>angenommen, geschrieben</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>its GPS agrees</source>
        <translation>sein GPS passt dazu</translation>
    </message>
    <message>
        <source>its GPS is far away</source>
        <translation>sein GPS ist weit entfernt</translation>
    </message>
    <message>
        <source>has GPS</source>
        <translation>hat GPS</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
        <source>{0} min left</source>
        <translation>noch {0} min</translation>
    </message>
    <message>
        <source>{0} h {1} min left</source>
        <translation>noch {0} h {1} min</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/s</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Skip the tour</source>
        <translation>Rundgang überspringen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Schritt {0} von {1}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Find the landmarks in your photos</source>
        <translation>Finden Sie die Wahrzeichen in Ihren Fotos</translation>
    </message>
    <message>
        <source>Everything happens on this computer. Nothing is uploaded, and no pixel of a photo ever changes.</source>
        <translation>Alles geschieht auf diesem Computer. Nichts wird hochgeladen, und kein Pixel eines Fotos ändert sich je.</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>or drop folders and photos anywhere on this window</source>
        <translation>oder Ordner und Fotos irgendwo auf diesem Fenster ablegen</translation>
    </message>
    <message>
        <source>Recognise</source>
        <translation>Erkennen</translation>
    </message>
    <message>
        <source>Every photo gets guesses, and an honest “none” where there is none.</source>
        <translation>Jedes Foto bekommt Vorschläge, und ein ehrliches „keines“, wo keines ist.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Accept, pick another or reject, all from the keyboard.</source>
        <translation>Annehmen, anderes wählen oder ablehnen, alles mit der Tastatur.</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>See what will be written, then write places into standard metadata.</source>
        <translation>Sehen, was geschrieben wird, und dann Orte in Standard-Metadaten schreiben.</translation>
    </message>
    <message>
        <source>Open {0} again</source>
        <translation>{0} wieder öffnen</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>There is no guess to explain.</source>
        <translation>Es gibt keinen Vorschlag zu erklären.</translation>
    </message>
    <message>
        <source>Looking for what speaks for {0}…</source>
        <translation>Es wird gesucht, was für {0} spricht …</translation>
    </message>
    <message>
        <source>Nothing in this photo speaks for {0}.</source>
        <translation>Nichts in diesem Foto spricht für {0}.</translation>
    </message>
    <message>
        <source>The lighter the colour, the more speaks for {0}.</source>
        <translation>Je heller die Farbe, desto mehr spricht für {0}.</translation>
    </message>
</context>
<context>
    <name>WriteDialog</name>
    <message>
        <source>Write places</source>
        <translation>Orte schreiben</translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation>Was geschrieben wird</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Undo this run</source>
        <translation>Diesen Lauf zurücknehmen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Shown is not taken</source>
        <translation>Gezeigt ist nicht aufgenommen</translation>
    </message>
    <message>
        <source>A recognised landmark says what the photo shows. Where the camera stood is an estimate from it; it is written, marked as an estimate, only into photos without GPS, and only where “taken here” is on. That puts the photo on the map in other programs. A photo that has GPS keeps its own.</source>
        <translation>Ein erkanntes Wahrzeichen sagt, was das Foto zeigt. Wo die Kamera stand, ist eine Schätzung daraus; sie wird, als Schätzung gekennzeichnet, nur in Fotos ohne GPS geschrieben, und nur, wo „Hier aufgenommen“ gewählt ist. Das bringt das Foto in anderen Programmen auf die Karte. Ein Foto mit GPS behält sein eigenes.</translation>
    </message>
    <message>
        <source>Reading what the files say now…</source>
        <translation>Es wird gelesen, was die Dateien jetzt sagen …</translation>
    </message>
    <message numerus="yes">
        <source>Write %Ln file(s)</source>
        <translation>
            <numerusform>%Ln Datei schreiben</numerusform>
            <numerusform>%Ln Dateien schreiben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be tagged</source>
        <translation>
            <numerusform>%Ln Foto bekommt seinen Ort</numerusform>
            <numerusform>%Ln Fotos bekommen ihren Ort</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s)</source>
        <translation>
            <numerusform>%Ln Feld</numerusform>
            <numerusform>%Ln Felder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln already complete</source>
        <translation>
            <numerusform>%Ln schon vollständig</numerusform>
            <numerusform>%Ln schon vollständig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be written</source>
        <translation>
            <numerusform>%Ln nicht beschreibbar</numerusform>
            <numerusform>%Ln nicht beschreibbar</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing, and reading back what was written…</source>
        <translation>Es wird geschrieben und zurückgelesen …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) tagged</source>
        <translation>
            <numerusform>%Ln Foto beschrieben</numerusform>
            <numerusform>%Ln Fotos beschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed; the originals are untouched</source>
        <translation>
            <numerusform>%Ln fehlgeschlagen; das Original ist unverändert</numerusform>
            <numerusform>%Ln fehlgeschlagen; die Originale sind unverändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try %Ln photo(s) again</source>
        <translation>
            <numerusform>%Ln Foto erneut versuchen</numerusform>
            <numerusform>%Ln Fotos erneut versuchen</numerusform>
        </translation>
    </message>
    <message>
        <source>Taking back what this run wrote…</source>
        <translation>Was dieser Lauf schrieb, wird zurückgenommen …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln Foto wie zuvor</numerusform>
            <numerusform>%Ln Fotos wie zuvor</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone</source>
        <translation>
            <numerusform>%Ln unberührt gelassen</numerusform>
            <numerusform>%Ln unberührt gelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Something went wrong; Edit ▸ Runs shows what was written.</source>
        <translation>Etwas ist schiefgegangen; Bearbeiten ▸ Schreibläufe zeigt, was geschrieben wurde.</translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln Wahrzeichen</numerusform>
            <numerusform>%Ln Wahrzeichen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln weiteres</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Landmark Desktop</source>
        <translation>À propos de Landmark Desktop</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Copier le diagnostic</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Recognises landmarks in photos on this computer, and writes the places into their metadata.</source>
        <translation>Reconnaît des monuments dans les photos sur cet ordinateur et écrit les lieux dans leurs métadonnées.</translation>
    </message>
    <message>
        <source>It opens no network connection: nothing ever leaves this computer.</source>
        <translation>N’ouvre aucune connexion réseau&#xa0;: rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Model bundle: {0} {1}, {2}</source>
        <translation>Modèle&#xa0;: {0} {1}, {2}</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>Le modèle est en cours de chargement…</translation>
    </message>
    <message>
        <source>Library: {0}</source>
        <translation>Bibliothèque&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Logiciel libre sous GNU General Public License, version 3 ou ultérieure.</translation>
    </message>
    <message>
        <source>Built on Qt (LGPL 3), ONNX Runtime (MIT), Exiv2 (GPL 2 or later), Pillow (MIT-CMU),</source>
        <translation>Construit sur Qt (LGPL 3), ONNX Runtime (MIT), Exiv2 (GPL 2 ou ultérieure), Pillow (MIT-CMU),</translation>
    </message>
    <message>
        <source>libheif (LGPL 3), NumPy (BSD) and platformdirs (MIT).</source>
        <translation>libheif (LGPL 3), NumPy (BSD) et platformdirs (MIT).</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>É&amp;dition</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>&amp;Photo</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Aid&amp;e</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Dossiers récents</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Montrer</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groupes</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ouvrir un dossier…</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>Ouvrir des fichiers…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Write reviewed photos with their places to a file for maps and spreadsheets</source>
        <translation>Écrire les photos vérifiées avec leurs lieux dans un fichier pour cartes et tableurs</translation>
    </message>
    <message>
        <source>Organise photos…</source>
        <translation>Ranger les photos…</translation>
    </message>
    <message>
        <source>Copy or move photos into folders by place and date</source>
        <translation>Copier ou déplacer les photos dans des dossiers par lieu et date</translation>
    </message>
    <message>
        <source>Pause classifying</source>
        <translation>Suspendre la reconnaissance</translation>
    </message>
    <message>
        <source>Continue classifying</source>
        <translation>Reprendre la reconnaissance</translation>
    </message>
    <message>
        <source>Cancel classifying</source>
        <translation>Arrêter la reconnaissance</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Undo review</source>
        <translation>Annuler la réponse</translation>
    </message>
    <message>
        <source>Redo review</source>
        <translation>Rétablir la réponse</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the selected photos: as files, or their paths as text</source>
        <translation>Copier les photos sélectionnées : comme fichiers, ou leurs chemins comme texte</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Tout sélectionner</translation>
    </message>
    <message>
        <source>Runs…</source>
        <translation>Écritures…</translation>
    </message>
    <message>
        <source>What was written into files, and how to take it back</source>
        <translation>Ce qui a été écrit dans les fichiers, et comment l’annuler</translation>
    </message>
    <message>
        <source>Model bundles…</source>
        <translation>Modèles…</translation>
    </message>
    <message>
        <source>Which landmarks the model knows, and how to install another one</source>
        <translation>Quels monuments le modèle connaît, et comment en installer un autre</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Préférences…</translation>
    </message>
    <message>
        <source>Accept and go on</source>
        <translation>Accepter et continuer</translation>
    </message>
    <message>
        <source>Accept the first guess of the selected photos</source>
        <translation>Accepter la première proposition pour les photos sélectionnées</translation>
    </message>
    <message>
        <source>No landmark</source>
        <translation>Aucun monument</translation>
    </message>
    <message>
        <source>Accept another guess</source>
        <translation>Accepter une autre proposition</translation>
    </message>
    <message>
        <source>First guess</source>
        <translation>Première proposition</translation>
    </message>
    <message>
        <source>Second guess</source>
        <translation>Deuxième proposition</translation>
    </message>
    <message>
        <source>Third guess</source>
        <translation>Troisième proposition</translation>
    </message>
    <message>
        <source>Fourth guess</source>
        <translation>Quatrième proposition</translation>
    </message>
    <message>
        <source>Fifth guess</source>
        <translation>Cinquième proposition</translation>
    </message>
    <message>
        <source>Find landmark…</source>
        <translation>Chercher un monument…</translation>
    </message>
    <message>
        <source>Accept any landmark by its name</source>
        <translation>Accepter n’importe quel monument par son nom</translation>
    </message>
    <message>
        <source>Taken here</source>
        <translation>Prise ici</translation>
    </message>
    <message>
        <source>Also write the landmark&apos;s position as the estimated position of the camera</source>
        <translation>Écrire aussi la position du monument comme position estimée de l’appareil</translation>
    </message>
    <message>
        <source>Clear answer</source>
        <translation>Effacer la réponse</translation>
    </message>
    <message>
        <source>Accept all shown that are Landmark</source>
        <translation>Accepter tous les «&#xa0;Monument&#xa0;» affichés</translation>
    </message>
    <message>
        <source>Accept the first guess of every photo in the grid whose verdict is Landmark</source>
        <translation>Accepter la première proposition de chaque photo affichée dont le verdict est «&#xa0;Monument&#xa0;»</translation>
    </message>
    <message>
        <source>Accept group and go on</source>
        <translation>Accepter le groupe et continuer</translation>
    </message>
    <message>
        <source>Accept the first guesses of the current photo&apos;s group that wait for an answer</source>
        <translation>Accepter les premières propositions du groupe de la photo actuelle qui attendent une réponse</translation>
    </message>
    <message>
        <source>Write places…</source>
        <translation>Écrire les lieux…</translation>
    </message>
    <message>
        <source>Preview what will be written into the photos&apos; metadata</source>
        <translation>Aperçu de ce qui sera écrit dans les métadonnées des photos</translation>
    </message>
    <message>
        <source>Read places from files</source>
        <translation>Lire les lieux dans les fichiers</translation>
    </message>
    <message>
        <source>Take over what the photos and their sidecars say, ours or other programs&apos;</source>
        <translation>Reprendre ce que disent les photos et leurs fichiers annexes, écrits par nous ou par d’autres programmes</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>Montrer dans le gestionnaire de fichiers</translation>
    </message>
    <message>
        <source>Show the selected photos in their folder</source>
        <translation>Montrer les photos sélectionnées dans leur dossier</translation>
    </message>
    <message>
        <source>Open in other program</source>
        <translation>Ouvrir dans un autre programme</translation>
    </message>
    <message>
        <source>Open the current photo in the program that your system uses for such files</source>
        <translation>Ouvrir la photo actuelle dans le programme que votre système utilise pour ces fichiers</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Toutes les photos</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Monument</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Incertain</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Erreurs</translation>
    </message>
    <message>
        <source>Folder and name</source>
        <translation>Dossier et nom</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Date de prise de vue</translation>
    </message>
    <message>
        <source>Most confident first</source>
        <translation>Les plus sûres d’abord</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Les moins sûres d’abord</translation>
    </message>
    <message>
        <source>By landmark</source>
        <translation>Par monument</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Sans groupes</translation>
    </message>
    <message>
        <source>By place</source>
        <translation>Par lieu</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Par jour</translation>
    </message>
    <message>
        <source>Collapse or open group</source>
        <translation>Replier ou déplier le groupe</translation>
    </message>
    <message>
        <source>Show only the name of the current photo&apos;s group, or its photos again</source>
        <translation>Ne montrer que le nom du groupe de la photo actuelle, ou de nouveau ses photos</translation>
    </message>
    <message>
        <source>Collapse or open all groups</source>
        <translation>Replier ou déplier tous les groupes</translation>
    </message>
    <message>
        <source>Show only the names of all groups, or their photos again</source>
        <translation>Ne montrer que les noms de tous les groupes, ou de nouveau leurs photos</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Panneau latéral</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Where in the world the photos were taken</source>
        <translation>Où dans le monde les photos ont été prises</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Large preview</source>
        <translation>Grand aperçu</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Pourquoi&#x202f;?</translation>
    </message>
    <message>
        <source>Show in colours what in the photo speaks for its landmark</source>
        <translation>Montrer en couleurs ce qui, dans la photo, plaide pour son monument</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Zoom avant</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Zoom arrière</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Photo entière</translation>
    </message>
    <message>
        <source>Photo&apos;s own pixels, or whole photo</source>
        <translation>Pixels de la photo, ou photo entière</translation>
    </message>
    <message>
        <source>Back to all photos</source>
        <translation>Retour à toutes les photos</translation>
    </message>
    <message>
        <source>Larger tiles</source>
        <translation>Vignettes plus grandes</translation>
    </message>
    <message>
        <source>Smaller tiles</source>
        <translation>Vignettes plus petites</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Guided tour</source>
        <translation>Visite guidée</translation>
    </message>
    <message>
        <source>The window in three steps</source>
        <translation>La fenêtre en trois étapes</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Copier le diagnostic</translation>
    </message>
    <message>
        <source>Versions and settings for a report of a problem; they name no photo, no folder</source>
        <translation>Versions et préférences pour signaler un problème&#x202f;; aucun nom de photo ni de dossier</translation>
    </message>
    <message>
        <source>About Landmark Desktop</source>
        <translation>À propos de Landmark Desktop</translation>
    </message>
</context>
<context>
    <name>BundleView</name>
    <message>
        <source>Model card</source>
        <translation>Fiche du modèle</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Vue d’ensemble</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Monuments</translation>
    </message>
    <message>
        <source>Lies in</source>
        <translation>Se trouve dans</translation>
    </message>
    <message>
        <source>This bundle has no model card.</source>
        <translation>Ce modèle n’a pas de fiche.</translation>
    </message>
    <message>
        <source>First guess is right</source>
        <translation>La première proposition est juste</translation>
    </message>
    <message>
        <source>Photos called recognised that are right</source>
        <translation>Photos dites reconnues qui sont justes</translation>
    </message>
    <message>
        <source>Photos of its landmarks that are recognised</source>
        <translation>Photos de ses monuments qui sont reconnues</translation>
    </message>
    <message>
        <source>Photos of no landmark that are called recognised</source>
        <translation>Photos sans monument qui sont dites reconnues</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>Mesuré sur</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) it was not trained with</source>
        <translation>
            <numerusform>%Ln photo qui n’a pas servi à l’entraîner</numerusform>
            <numerusform>%Ln photos qui n’ont pas servi à l’entraîner</numerusform>
        </translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>Créé le</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message numerus="yes">
        <source>%Ln, all of them with a place that can be written</source>
        <translation>
            <numerusform>%Ln, avec un lieu qui peut être écrit</numerusform>
            <numerusform>%Ln, tous avec un lieu qui peut être écrit</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, {1} of them with a place that can be written</source>
        <translation>{0}, dont {1} avec un lieu qui peut être écrit</translation>
    </message>
</context>
<context>
    <name>BundlesDialog</name>
    <message>
        <source>Model bundles</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Drop the folder or the zip of a bundle here, or choose it below. It is checked first.</source>
        <translation>Déposez ici le dossier ou le zip d’un modèle, ou choisissez-le ci-dessous. Il est d’abord vérifié.</translation>
    </message>
    <message>
        <source>The bundle is being checked</source>
        <translation>Le modèle est en cours de vérification</translation>
    </message>
    <message>
        <source>Install folder…</source>
        <translation>Installer un dossier…</translation>
    </message>
    <message>
        <source>Install zip…</source>
        <translation>Installer un zip…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Use this bundle</source>
        <translation>Utiliser ce modèle</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>utilisé</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>fourni avec le programme</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>inutilisable</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>installé</translation>
    </message>
    <message>
        <source>Install a model bundle</source>
        <translation>Installer un modèle</translation>
    </message>
    <message>
        <source>Bundles (*.zip)</source>
        <translation>Modèles (*.zip)</translation>
    </message>
    <message>
        <source>Checking {0}…</source>
        <translation>Vérification de {0}…</translation>
    </message>
    <message>
        <source>Trying whether the model of {0} runs…</source>
        <translation>Essai du modèle {0}…</translation>
    </message>
    <message>
        <source>Installed. Choose “Use this bundle” to classify with it.</source>
        <translation>Installé. Choisissez «&#xa0;Utiliser ce modèle&#xa0;» pour reconnaître avec lui.</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Retiré.</translation>
    </message>
    <message>
        <source>In use. The photos that are open are classified anew; your answers stay.</source>
        <translation>Utilisé. Les photos ouvertes sont reconnues de nouveau&#x202f;; vos réponses restent.</translation>
    </message>
</context>
<context>
    <name>ConfirmMany</name>
    <message>
        <source>Accept all</source>
        <translation>Tout accepter</translation>
    </message>
    <message numerus="yes">
        <source>Accept the first guess of %Ln photo(s)?</source>
        <translation>
            <numerusform>Accepter la première proposition pour %Ln photo&#x202f;?</numerusform>
            <numerusform>Accepter les premières propositions pour %Ln photos&#x202f;?</numerusform>
        </translation>
    </message>
    <message>
        <source>These are all photos in the grid whose verdict is Landmark. U takes it back.</source>
        <translation>Ce sont toutes les photos affichées dont le verdict est «&#xa0;Monument&#xa0;». U les reprend.</translation>
    </message>
    <message>
        <source>Accept {0}</source>
        <translation>Accepter {0}</translation>
    </message>
</context>
<context>
    <name>ConfirmReplacing</name>
    <message>
        <source>Replace GPS</source>
        <translation>Remplacer le GPS</translation>
    </message>
    <message>
        <source>Replace the GPS of {0}?</source>
        <translation>Remplacer le GPS de {0}&#x202f;?</translation>
    </message>
    <message>
        <source>The photo’s own position is {0} from {1}. When the place is written, the landmark’s position takes its place, marked as an estimate. This holds for this photo only; undoing the run brings the old position back.</source>
        <translation>La position propre de la photo est à {0} de {1}. Quand le lieu sera écrit, la position du monument prendra sa place, marquée comme estimation. Cela ne vaut que pour cette photo&#x202f;; annuler l’écriture rend l’ancienne position.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Keep GPS</source>
        <translation>Garder le GPS</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Un problème est survenu</translation>
    </message>
    <message>
        <source>This is a mistake in the program, not yours.</source>
        <translation>C’est une erreur du programme, pas la vôtre.</translation>
    </message>
    <message>
        <source>Your photos and reviews are safe. The report below and the log help to mend it:
{0}</source>
        <translation>Vos photos et vos réponses sont en sécurité. Le rapport ci-dessous et le journal aident à la corriger&#xa0;:
{0}</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Open the log&apos;s folder</source>
        <translation>Ouvrir le dossier du journal</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Copied: versions and settings, no names of photos or folders.</source>
        <translation>Copié&#xa0;: versions et préférences, aucun nom de photo ni de dossier.</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to open</source>
        <translation>Déposer pour ouvrir</translation>
    </message>
</context>
<context>
    <name>Emptiness</name>
    <message numerus="yes">
        <source>%Ln more folder(s) and file(s) could not be read.</source>
        <translation>
            <numerusform>%Ln autre dossier ou fichier n’a pas pu être lu.</numerusform>
            <numerusform>%Ln autres dossiers et fichiers n’ont pas pu être lus.</numerusform>
        </translation>
    </message>
    <message>
        <source>The program&apos;s log lists all of them.</source>
        <translation>Le journal du programme les cite tous.</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Montrer toutes les photos</translation>
    </message>
    <message>
        <source>No photo matches</source>
        <translation>Aucune photo ne correspond</translation>
    </message>
    <message>
        <source>Choose another filter, or search for something else.</source>
        <translation>Choisissez un autre filtre, ou cherchez autre chose.</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Recherche des photos…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>Pas de photos ici</translation>
    </message>
    <message>
        <source>JPEG, HEIC, AVIF, PNG, TIFF, WebP and raw files are found, also in subfolders.</source>
        <translation>Les fichiers JPEG, HEIC, AVIF, PNG, TIFF, WebP et RAW sont trouvés, aussi dans les sous-dossiers.</translation>
    </message>
    <message>
        <source>Open another folder</source>
        <translation>Ouvrir un autre dossier</translation>
    </message>
    <message numerus="yes">
        <source>None of the %Ln photo(s) shows a landmark that the model knows</source>
        <translation>
            <numerusform>%Ln photo ne montre aucun monument que le modèle connaît</numerusform>
            <numerusform>Aucune des %Ln photos ne montre un monument que le modèle connaît</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It knows %Ln landmark(s). Most photos show none of them; that is fine.</source>
        <translation>
            <numerusform>Il connaît %Ln monument. La plupart des photos ne le montrent pas&#x202f;; c’est normal.</numerusform>
            <numerusform>Il connaît %Ln monuments. La plupart des photos n’en montrent aucun&#x202f;; c’est normal.</numerusform>
        </translation>
    </message>
    <message>
        <source>Which ones?</source>
        <translation>Lesquels&#x202f;?</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>{name} is empty (0 bytes).</source>
        <translation>{name} est vide (0 octet).</translation>
    </message>
    <message>
        <source>Copy the file again from the camera or a backup.</source>
        <translation>Copiez de nouveau le fichier depuis l’appareil ou une sauvegarde.</translation>
    </message>
    <message>
        <source>{name} is no longer there.</source>
        <translation>{name} n’est plus là.</translation>
    </message>
    <message>
        <source>Reconnect the drive, or open the folder the file was moved to.</source>
        <translation>Rebranchez le disque, ou ouvrez le dossier où le fichier a été déplacé.</translation>
    </message>
    <message>
        <source>No permission to read {name}.</source>
        <translation>Pas d’autorisation de lire {name}.</translation>
    </message>
    <message>
        <source>Give yourself read permission for the file, then open the folder again.</source>
        <translation>Donnez-vous l’autorisation de lire le fichier, puis ouvrez de nouveau le dossier.</translation>
    </message>
    <message>
        <source>{name} could not be read: {reason}.</source>
        <translation>{name} n’a pas pu être lu&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Check the drive and its cable, then open the folder again.</source>
        <translation>Vérifiez le disque et son câble, puis ouvrez de nouveau le dossier.</translation>
    </message>
    <message>
        <source>{name} was changed by another program since it was read.</source>
        <translation>{name} a été modifié par un autre programme depuis sa lecture.</translation>
    </message>
    <message>
        <source>Open the folder again, check the photo, and tag it once more.</source>
        <translation>Ouvrez de nouveau le dossier, vérifiez la photo et écrivez son lieu encore une fois.</translation>
    </message>
    <message>
        <source>{name} is not a photo, although its name says so.</source>
        <translation>{name} n’est pas une photo, bien que son nom le dise.</translation>
    </message>
    <message>
        <source>Rename or remove the file; its content is of another kind.</source>
        <translation>Renommez ou retirez le fichier&#x202f;; son contenu est d’une autre sorte.</translation>
    </message>
    <message>
        <source>{name} is cut off: the end of the file is missing.</source>
        <translation>{name} est tronqué&#xa0;: la fin du fichier manque.</translation>
    </message>
    <message>
        <source>{name} is damaged: {reason}.</source>
        <translation>{name} est endommagé&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>{name} has {width} × {height} pixels ({megapixels} megapixels); the limit is {limit} megapixels.</source>
        <translation>{name} a {width} × {height} pixels ({megapixels} mégapixels)&#x202f;; la limite est de {limit} mégapixels.</translation>
    </message>
    <message>
        <source>Make a smaller copy of the picture and open that.</source>
        <translation>Faites une copie plus petite de l’image et ouvrez-la.</translation>
    </message>
    <message>
        <source>{name} needs more memory than one photo may take ({limit} MB) or than there is.</source>
        <translation>{name} demande plus de mémoire qu’une photo ne peut en prendre ({limit} Mo) ou qu’il n’y en a.</translation>
    </message>
    <message>
        <source>Close other programs and open the folder again, or make a smaller copy of the picture and open that.</source>
        <translation>Fermez d’autres programmes et ouvrez de nouveau le dossier, ou faites une copie plus petite de l’image et ouvrez-la.</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is {reason}.</source>
        <translation>{name} ne peut pas être lu&#xa0;: c’est {reason}.</translation>
    </message>
    <message>
        <source>Convert it to JPEG, TIFF or DNG with the program or the camera maker&apos;s software that made it.</source>
        <translation>Convertissez-le en JPEG, TIFF ou DNG avec le programme ou le logiciel du fabricant de l’appareil qui l’a fait.</translation>
    </message>
    <message>
        <source>{name} was changed while it was being read.</source>
        <translation>{name} a été modifié pendant sa lecture.</translation>
    </message>
    <message>
        <source>Wait until it is copied or saved completely, then open the folder again.</source>
        <translation>Attendez qu’il soit entièrement copié ou enregistré, puis ouvrez de nouveau le dossier.</translation>
    </message>
    <message>
        <source>The decoder broke down on {name} ({reason}).</source>
        <translation>Le décodeur a échoué sur {name} ({reason}).</translation>
    </message>
    <message>
        <source>Copy the file again from the camera or a backup; if that does not help, convert it to JPEG or TIFF.</source>
        <translation>Copiez de nouveau le fichier depuis l’appareil ou une sauvegarde&#x202f;; si cela n’aide pas, convertissez-le en JPEG ou TIFF.</translation>
    </message>
    <message>
        <source>{name} was not decoded within {seconds} seconds, so it was given up.</source>
        <translation>{name} n’a pas été décodé en {seconds} secondes et a donc été abandonné.</translation>
    </message>
    <message>
        <source>Open the folder again when the computer and the drive are less busy; else copy the file from a backup.</source>
        <translation>Ouvrez de nouveau le dossier quand l’ordinateur et le disque sont moins occupés&#x202f;; sinon copiez le fichier depuis une sauvegarde.</translation>
    </message>
    <message>
        <source>{name} cannot be shown, so you see {other} in its place.</source>
        <translation>{name} ne peut pas être montré&#x202f;; vous voyez {other} à sa place.</translation>
    </message>
    <message>
        <source>Copy {name} again from the camera or a backup; the photo can be used meanwhile.</source>
        <translation>Copiez de nouveau {name} depuis l’appareil ou une sauvegarde&#x202f;; la photo peut être utilisée entre-temps.</translation>
    </message>
    <message>
        <source>The folder {name} cannot be read: {reason}.</source>
        <translation>Le dossier {name} ne peut pas être lu&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Give yourself permission to read the folder, or open another one.</source>
        <translation>Donnez-vous l’autorisation de lire le dossier, ou ouvrez-en un autre.</translation>
    </message>
    <message>
        <source>The folder {name} is not there.</source>
        <translation>Le dossier {name} n’est pas là.</translation>
    </message>
    <message>
        <source>Reconnect the drive or check the name.</source>
        <translation>Rebranchez le disque ou vérifiez le nom.</translation>
    </message>
    <message>
        <source>The link {name} leads back to a folder that holds it, so it was not followed.</source>
        <translation>Le lien {name} ramène à un dossier qui le contient&#x202f;; il n’a donc pas été suivi.</translation>
    </message>
    <message>
        <source>Remove the link if it is there by mistake; all photos are shown once.</source>
        <translation>Retirez le lien s’il est là par erreur&#x202f;; toutes les photos sont montrées une fois.</translation>
    </message>
    <message>
        <source>The drive that holds {name} is not connected; its photos are shown from the library.</source>
        <translation>Le disque qui contient {name} n’est pas branché&#x202f;; ses photos sont montrées depuis la bibliothèque.</translation>
    </message>
    <message>
        <source>Connect the drive: the photos come back by themselves.</source>
        <translation>Branchez le disque&#xa0;: les photos reviennent d’elles-mêmes.</translation>
    </message>
    <message>
        <source>No model bundle was found at {name}.</source>
        <translation>Aucun modèle n’a été trouvé à {name}.</translation>
    </message>
    <message>
        <source>Choose a folder or zip that holds model.onnx and bundle.json, or reinstall the program.</source>
        <translation>Choisissez un dossier ou un zip qui contient model.onnx et bundle.json, ou réinstallez le programme.</translation>
    </message>
    <message>
        <source>The model bundle {name} cannot be read: {reason}.</source>
        <translation>Le modèle {name} ne peut pas être lu&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Copy or download the bundle again.</source>
        <translation>Copiez ou téléchargez de nouveau le modèle.</translation>
    </message>
    <message>
        <source>The model bundle {name} does not follow the bundle format: {reason}.</source>
        <translation>Le modèle {name} ne suit pas le format prévu&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Export the bundle again with a matching version of landmark-trainer.</source>
        <translation>Exportez de nouveau le modèle avec une version adaptée de landmark-trainer.</translation>
    </message>
    <message>
        <source>The model bundle {name} was changed or damaged: {file} does not have the hash that bundle.json states.</source>
        <translation>Le modèle {name} a été modifié ou endommagé&#xa0;: {file} n’a pas l’empreinte indiquée par bundle.json.</translation>
    </message>
    <message>
        <source>Copy or download the bundle again; do not use a bundle you cannot trust.</source>
        <translation>Copiez ou téléchargez de nouveau le modèle&#x202f;; n’utilisez pas un modèle dont vous n’êtes pas sûr.</translation>
    </message>
    <message>
        <source>The model in bundle {name} does not fit its description: {reason}.</source>
        <translation>Le réseau du modèle {name} ne correspond pas à sa description&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Export the bundle again with landmark-trainer.</source>
        <translation>Exportez de nouveau le modèle avec landmark-trainer.</translation>
    </message>
    <message>
        <source>The model in bundle {name} cannot be loaded: {reason}.</source>
        <translation>Le réseau du modèle {name} ne peut pas être chargé&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Export the bundle again with landmark-trainer, or choose another bundle.</source>
        <translation>Exportez de nouveau le modèle avec landmark-trainer, ou choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The model bundle {name} was refused: {reason}.</source>
        <translation>Le modèle {name} a été refusé&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Use another bundle, or ask its maker for one that landmark-trainer exported.</source>
        <translation>Utilisez un autre modèle, ou demandez à son auteur un modèle exporté par landmark-trainer.</translation>
    </message>
    <message>
        <source>The model bundle {name} could not be installed or removed: {reason}.</source>
        <translation>Le modèle {name} n’a pas pu être installé ou retiré&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Make room and give yourself permission to write in the folder of bundles, then try again.</source>
        <translation>Faites de la place, donnez-vous l’autorisation d’écrire dans le dossier des modèles, puis réessayez.</translation>
    </message>
    <message>
        <source>{provider} cannot be used on this computer: {reason}.</source>
        <translation>{provider} ne peut pas être utilisé sur cet ordinateur&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Choose the provider &apos;auto&apos; or &apos;cpu&apos;, or install what is missing.</source>
        <translation>Choisissez l’exécution «&#xa0;auto&#xa0;» ou «&#xa0;cpu&#xa0;», ou installez ce qui manque.</translation>
    </message>
    <message>
        <source>The model failed on {name}: {reason}.</source>
        <translation>Le modèle a échoué sur {name}&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Try a smaller batch size or the provider &apos;cpu&apos;.</source>
        <translation>Essayez une taille de lot plus petite ou l’exécution «&#xa0;cpu&#xa0;».</translation>
    </message>
    <message>
        <source>There was not enough memory to recognise {name} ({reason}).</source>
        <translation>La mémoire n’a pas suffi pour reconnaître {name} ({reason}).</translation>
    </message>
    <message>
        <source>Close other programs, then open the folder again.</source>
        <translation>Fermez d’autres programmes, puis ouvrez de nouveau le dossier.</translation>
    </message>
    <message>
        <source>The library {name} was made by a newer version of Landmark Desktop (schema {found}; this one knows {known}).</source>
        <translation>La bibliothèque {name} vient d’une version plus récente de Landmark Desktop (schéma {found}&#x202f;; celle-ci connaît {known}).</translation>
    </message>
    <message>
        <source>Install the newer version; your library was left untouched.</source>
        <translation>Installez la version plus récente&#x202f;; votre bibliothèque est restée intacte.</translation>
    </message>
    <message>
        <source>The library {name} is in use by another program.</source>
        <translation>La bibliothèque {name} est utilisée par un autre programme.</translation>
    </message>
    <message>
        <source>Close the other window of Landmark Desktop and try again.</source>
        <translation>Fermez l’autre fenêtre de Landmark Desktop et réessayez.</translation>
    </message>
    <message>
        <source>{name} is a database of another program, so it was left untouched.</source>
        <translation>{name} est la base de données d’un autre programme&#x202f;; elle est donc restée intacte.</translation>
    </message>
    <message>
        <source>Choose another place for the library.</source>
        <translation>Choisissez un autre emplacement pour la bibliothèque.</translation>
    </message>
    <message>
        <source>The library {name} is damaged.</source>
        <translation>La bibliothèque {name} est endommagée.</translation>
    </message>
    <message>
        <source>Close Landmark Desktop and start it again: then what the library holds is recovered.</source>
        <translation>Fermez Landmark Desktop et relancez-le&#xa0;: ce que contient la bibliothèque sera alors récupéré.</translation>
    </message>
    <message>
        <source>The library {name} was damaged. All reviews and runs were recovered into a new one (reviews: {reviews}, tagged files: {writes}, photos: {photos}); the damaged one was kept as {aside}.</source>
        <translation>La bibliothèque {name} était endommagée. Toutes les réponses et écritures ont été reprises dans une nouvelle (réponses&#xa0;: {reviews}, fichiers écrits&#xa0;: {writes}, photos&#xa0;: {photos})&#x202f;; l’ancienne est gardée sous {aside}.</translation>
    </message>
    <message>
        <source>Open your folders again: photos that are missing are recognised anew.</source>
        <translation>Ouvrez de nouveau vos dossiers&#xa0;: les photos manquantes sont reconnues à nouveau.</translation>
    </message>
    <message>
        <source>The library {name} was damaged, and some reviews or runs cannot be read. The others were recovered into a new one (reviews: {reviews}, tagged files: {writes}, photos: {photos}); the damaged one was kept as {aside}.</source>
        <translation>La bibliothèque {name} était endommagée, et certaines réponses ou écritures sont illisibles. Les autres ont été reprises dans une nouvelle (réponses&#xa0;: {reviews}, fichiers écrits&#xa0;: {writes}, photos&#xa0;: {photos})&#x202f;; l’ancienne est gardée sous {aside}.</translation>
    </message>
    <message>
        <source>Open your folders again and choose &apos;Read places from files&apos;: places that were written into photos come back as reviews.</source>
        <translation>Ouvrez de nouveau vos dossiers et choisissez «&#xa0;Lire les lieux dans les fichiers&#xa0;»&#xa0;: les lieux écrits dans les photos reviennent comme réponses.</translation>
    </message>
    <message>
        <source>The library {name} had lost its latest entries; they were recovered from its safety copy (reviews: {reviews}, tagged files: {writes}).</source>
        <translation>La bibliothèque {name} avait perdu ses dernières entrées&#x202f;; elles ont été reprises de sa copie de sécurité (réponses&#xa0;: {reviews}, fichiers écrits&#xa0;: {writes}).</translation>
    </message>
    <message>
        <source>There is nothing to do. If it happens again, check the disk that holds the library.</source>
        <translation>Il n’y a rien à faire. Si cela se reproduit, vérifiez le disque qui contient la bibliothèque.</translation>
    </message>
    <message>
        <source>The library {name} cannot be written: {reason}.</source>
        <translation>La bibliothèque {name} ne peut pas être écrite&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Free some disk space or give yourself write permission for its folder.</source>
        <translation>Libérez de la place sur le disque ou donnez-vous l’autorisation d’écrire dans son dossier.</translation>
    </message>
    <message>
        <source>No permission to write {name}.</source>
        <translation>Pas d’autorisation d’écrire {name}.</translation>
    </message>
    <message>
        <source>Make the folder and the file writable, then tag the photo again.</source>
        <translation>Rendez le dossier et le fichier modifiables, puis écrivez de nouveau le lieu.</translation>
    </message>
    <message>
        <source>The disk that holds {name} is full.</source>
        <translation>Le disque qui contient {name} est plein.</translation>
    </message>
    <message>
        <source>Free some space, then tag the photo again.</source>
        <translation>Libérez de la place, puis écrivez de nouveau le lieu.</translation>
    </message>
    <message>
        <source>{name} could not be written: {reason}. The original is untouched.</source>
        <translation>{name} n’a pas pu être écrit&#xa0;: {reason}. L’original est intact.</translation>
    </message>
    <message>
        <source>Check the drive, then tag the photo again.</source>
        <translation>Vérifiez le disque, puis écrivez de nouveau le lieu.</translation>
    </message>
    <message>
        <source>What was written to {name} did not read back the same ({reason}). The original is untouched.</source>
        <translation>Ce qui a été écrit dans {name} n’a pas été relu à l’identique ({reason}). L’original est intact.</translation>
    </message>
    <message>
        <source>Please report this file&apos;s format as a bug; tag it with a sidecar meanwhile.</source>
        <translation>Merci de signaler le format de ce fichier comme un défaut&#x202f;; écrivez entre-temps le lieu dans un fichier annexe.</translation>
    </message>
    <message>
        <source>Places cannot be embedded into {name} ({reason}).</source>
        <translation>Les lieux ne peuvent pas être intégrés dans {name} ({reason}).</translation>
    </message>
    <message>
        <source>Use sidecars for this kind of file.</source>
        <translation>Utilisez des fichiers annexes pour ce type de fichier.</translation>
    </message>
    <message>
        <source>The sidecar {name} is not valid XMP, so nothing can be merged into it safely.</source>
        <translation>Le fichier annexe {name} n’est pas du XMP valide&#x202f;; rien ne peut donc y être ajouté sans risque.</translation>
    </message>
    <message>
        <source>Repair or move the sidecar, then tag the photo again.</source>
        <translation>Réparez ou déplacez le fichier annexe, puis écrivez de nouveau le lieu.</translation>
    </message>
    <message>
        <source>The metadata of {name} cannot be read: {reason}.</source>
        <translation>Les métadonnées de {name} ne peuvent pas être lues&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Check the file with its camera maker&apos;s software; the picture itself may be fine.</source>
        <translation>Vérifiez le fichier avec le logiciel du fabricant de l’appareil&#x202f;; l’image elle-même est peut-être intacte.</translation>
    </message>
    <message>
        <source>{name} was changed since it was tagged, so undo left it alone.</source>
        <translation>{name} a été modifié depuis l’écriture du lieu&#x202f;; l’annulation l’a donc laissé tel quel.</translation>
    </message>
    <message>
        <source>Undo it once more and let only what Landmark Desktop wrote be removed, or remove the place by hand.</source>
        <translation>Annulez encore une fois et laissez retirer seulement ce que Landmark Desktop a écrit, ou retirez le lieu à la main.</translation>
    </message>
    <message>
        <source>{name} was changed since the tag was taken back, so it was left alone.</source>
        <translation>{name} a été modifié depuis l’annulation&#x202f;; il a donc été laissé tel quel.</translation>
    </message>
    <message>
        <source>Tag the photo once more.</source>
        <translation>Écrivez le lieu encore une fois.</translation>
    </message>
    <message>
        <source>There is no run {run} that can be undone.</source>
        <translation>Il n’y a pas d’écriture {run} qui puisse être annulée.</translation>
    </message>
    <message>
        <source>List the runs with &apos;landmark-desktop runs&apos;.</source>
        <translation>Listez les écritures avec «&#xa0;landmark-desktop runs&#xa0;».</translation>
    </message>
    <message>
        <source>There is no run {run} of which something was undone that can be written again.</source>
        <translation>Il n’y a pas d’écriture {run} dont une partie annulée puisse être rétablie.</translation>
    </message>
    <message>
        <source>{name} is no photo of the run {run}.</source>
        <translation>{name} n’est pas une photo de l’écriture {run}.</translation>
    </message>
    <message>
        <source>Give the path of the photo or of its sidecar, as it was when the run wrote it.</source>
        <translation>Donnez le chemin de la photo ou de son fichier annexe, tel qu’il était lors de l’écriture.</translation>
    </message>
    <message>
        <source>The sidecar {sidecar} of {name} also serves {other}, which shows another landmark.</source>
        <translation>Le fichier annexe {sidecar} de {name} sert aussi à {other}, qui montre un autre monument.</translation>
    </message>
    <message>
        <source>Let sidecars have the full name of their photo (Settings), or embed the place in one of the two.</source>
        <translation>Donnez aux fichiers annexes le nom complet de leur photo (Préférences), ou intégrez le lieu dans l’une des deux.</translation>
    </message>
    <message>
        <source>The landmark {landmark} has no location in this bundle, so there is nothing to write.</source>
        <translation>Le monument {landmark} n’a pas de lieu dans ce modèle&#x202f;; il n’y a donc rien à écrire.</translation>
    </message>
    <message>
        <source>Add its place to the landmark table and export the bundle again.</source>
        <translation>Ajoutez son lieu à la table des monuments et exportez de nouveau le modèle.</translation>
    </message>
    <message>
        <source>The template for folders cannot be used: {reason}.</source>
        <translation>Le gabarit des dossiers ne peut pas être utilisé&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Put fields into braces, as in the template that the program suggests.</source>
        <translation>Mettez les champs entre accolades, comme dans le gabarit que propose le programme.</translation>
    </message>
    <message>
        <source>{name} was not touched: the folder {folder} is a link that leads out of the chosen folder.</source>
        <translation>{name} n’a pas été touché&#xa0;: le dossier {folder} est un lien qui sort du dossier choisi.</translation>
    </message>
    <message>
        <source>Remove the link, or choose the folder it leads to.</source>
        <translation>Retirez le lien, ou choisissez le dossier où il mène.</translation>
    </message>
    <message>
        <source>{name} was not touched: another file has taken its place meanwhile.</source>
        <translation>{name} n’a pas été touché&#xa0;: un autre fichier a pris sa place entre-temps.</translation>
    </message>
    <message>
        <source>Rename or move that file, then try again.</source>
        <translation>Renommez ou déplacez ce fichier, puis réessayez.</translation>
    </message>
    <message>
        <source>{name} is a link to a file elsewhere, so it was not moved.</source>
        <translation>{name} est un lien vers un fichier situé ailleurs&#x202f;; il n’a donc pas été déplacé.</translation>
    </message>
    <message>
        <source>Copy the photo instead, or move the file that the link leads to.</source>
        <translation>Copiez plutôt la photo, ou déplacez le fichier vers lequel mène le lien.</translation>
    </message>
    <message>
        <source>No permission to copy or move {name}.</source>
        <translation>Pas d’autorisation de copier ou déplacer {name}.</translation>
    </message>
    <message>
        <source>Make both folders and the file writable, then try again.</source>
        <translation>Rendez les deux dossiers et le fichier modifiables, puis réessayez.</translation>
    </message>
    <message>
        <source>There is no room for {name} on the disk of the chosen folder. The original is where it was.</source>
        <translation>Il n’y a pas de place pour {name} sur le disque du dossier choisi. L’original est resté où il était.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Libérez de la place, puis réessayez.</translation>
    </message>
    <message>
        <source>{name} could not be copied or moved: {reason}. The original is where it was.</source>
        <translation>{name} n’a pas pu être copié ou déplacé&#xa0;: {reason}. L’original est resté où il était.</translation>
    </message>
    <message>
        <source>Check the drives, then try again.</source>
        <translation>Vérifiez les disques, puis réessayez.</translation>
    </message>
    <message>
        <source>The copy of {name} did not read back the same, so it was removed. The original is where it was.</source>
        <translation>La copie de {name} n’a pas été relue à l’identique et a donc été retirée. L’original est resté où il était.</translation>
    </message>
    <message>
        <source>Check the drive for errors before you use it any further.</source>
        <translation>Cherchez des erreurs sur le disque avant de continuer à l’utiliser.</translation>
    </message>
    <message>
        <source>{name} was changed since the preview, so it was left where it is.</source>
        <translation>{name} a été modifié depuis l’aperçu et a donc été laissé où il est.</translation>
    </message>
    <message>
        <source>Organise the photo again.</source>
        <translation>Rangez de nouveau la photo.</translation>
    </message>
    <message>
        <source>The copy {name} was changed since it was made, so undo left it alone.</source>
        <translation>La copie {name} a été modifiée depuis sa création&#x202f;; l’annulation l’a donc laissée telle quelle.</translation>
    </message>
    <message>
        <source>Remove it by hand if you no longer need it; the original is untouched.</source>
        <translation>Retirez-la à la main si vous n’en avez plus besoin&#x202f;; l’original est intact.</translation>
    </message>
    <message>
        <source>{name} is in its new place, but the original could not be removed: {reason}.</source>
        <translation>{name} est à sa nouvelle place, mais l’original n’a pas pu être retiré&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Remove the original by hand; both are the same.</source>
        <translation>Retirez l’original à la main&#x202f;; les deux sont identiques.</translation>
    </message>
    <message>
        <source>The file {name} could not be written: {reason}.</source>
        <translation>Le fichier {name} n’a pas pu être écrit&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Choose another place, or make room and give yourself permission to write there.</source>
        <translation>Choisissez un autre emplacement, ou faites de la place et donnez-vous l’autorisation d’y écrire.</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}.</translation>
    </message>
    <message>
        <source>See &apos;landmark-desktop --help&apos;.</source>
        <translation>Voir «&#xa0;landmark-desktop --help&#xa0;».</translation>
    </message>
    <message>
        <source>{name} was not reached because the run was cancelled.</source>
        <translation>{name} n’a pas été atteint parce que l’opération a été annulée.</translation>
    </message>
    <message>
        <source>Start the run again.</source>
        <translation>Lancez de nouveau l’opération.</translation>
    </message>
</context>
<context>
    <name>FileActions</name>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>Tableur (*.csv)</translation>
    </message>
    <message>
        <source>GeoJSON (*.geojson)</source>
        <translation>GeoJSON (*.geojson)</translation>
    </message>
    <message>
        <source>KML, for Google Earth (*.kml)</source>
        <translation>KML, pour Google Earth (*.kml)</translation>
    </message>
    <message>
        <source>GPX waypoints (*.gpx)</source>
        <translation>Points GPX (*.gpx)</translation>
    </message>
    <message>
        <source>Export reviewed photos</source>
        <translation>Exporter les photos vérifiées</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) exported to {0}.</source>
        <translation>
            <numerusform>%Ln photo exportée vers {0}.</numerusform>
            <numerusform>%Ln photos exportées vers {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out: this bundle knows no place for their landmarks.</source>
        <translation>
            <numerusform>%Ln laissée de côté&#xa0;: ce modèle ne connaît pas le lieu de son monument.</numerusform>
            <numerusform>%Ln laissées de côté&#xa0;: ce modèle ne connaît pas le lieu de leurs monuments.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your system knows no program for {0}.</source>
        <translation>Votre système ne connaît pas de programme pour {0}.</translation>
    </message>
    <message>
        <source>Choose one for such files in the settings of your desktop or its file manager.</source>
        <translation>Choisissez-en un pour ces fichiers dans les préférences de votre bureau ou de son gestionnaire de fichiers.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) got an answer from their files.</source>
        <translation>
            <numerusform>%Ln photo a reçu une réponse de ses fichiers.</numerusform>
            <numerusform>%Ln photos ont reçu une réponse de leurs fichiers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln speak of a place that is no landmark of this bundle.</source>
        <translation>
            <numerusform>%Ln parle d’un lieu qui n’est pas un monument de ce modèle.</numerusform>
            <numerusform>%Ln parlent d’un lieu qui n’est pas un monument de ce modèle.</numerusform>
        </translation>
    </message>
    <message>
        <source>The files of this photo say: {0}</source>
        <translation>Les fichiers de cette photo disent&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search file, landmark, city, country</source>
        <translation>Chercher fichier, monument, ville, pays</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>The order of the photos</source>
        <translation>L’ordre des photos</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groupes</translation>
    </message>
    <message>
        <source>Put photos into groups; a group is accepted with one key (G)</source>
        <translation>Mettre les photos en groupes&#x202f;; un groupe s’accepte d’une touche (G)</translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation>Taille des vignettes</translation>
    </message>
    <message>
        <source>Size of the tiles (Ctrl + wheel)</source>
        <translation>Taille des vignettes (Ctrl + molette)</translation>
    </message>
    <message>
        <source>Folder and name</source>
        <translation>Dossier et nom</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Date de prise de vue</translation>
    </message>
    <message>
        <source>Most confident first</source>
        <translation>Les plus sûres d’abord</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Les moins sûres d’abord</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Monument</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Sans groupes</translation>
    </message>
    <message>
        <source>By landmark</source>
        <translation>Par monument</translation>
    </message>
    <message>
        <source>By place</source>
        <translation>Par lieu</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Par jour</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Incertain</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Erreurs</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Toutes les photos</translation>
    </message>
    <message>
        <source>Photos that show a landmark, as far as the model can tell</source>
        <translation>Photos qui montrent un monument, autant que le modèle peut le dire</translation>
    </message>
    <message>
        <source>Photos whose guesses need your eyes</source>
        <translation>Photos dont les propositions demandent votre regard</translation>
    </message>
    <message>
        <source>Photos that show no landmark the model knows</source>
        <translation>Photos qui ne montrent aucun monument que le modèle connaît</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>Fichiers qui n’ont pas pu être lus</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>at: {0}</source>
        <translation>à&#xa0;: {0}</translation>
    </message>
    <message>
        <source>in: {0}</source>
        <translation>dans&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Only photos {0}. Click to show the others, too.</source>
        <translation>Seulement les photos {0}. Cliquez pour montrer aussi les autres.</translation>
    </message>
    <message>
        <source>Only photos {0}; remove</source>
        <translation>Seulement les photos {0}&#x202f;; retirer</translation>
    </message>
</context>
<context>
    <name>FirstTour</name>
    <message>
        <source>The model looks at every photo</source>
        <translation>Le modèle regarde chaque photo</translation>
    </message>
    <message>
        <source>A filled disc is a landmark that it is sure of, a half disc wants your eyes, a ring is no landmark it knows: most photos are that. The buttons above the photos show one kind only.</source>
        <translation>Un disque plein est un monument dont il est sûr, un demi-disque demande votre regard, un anneau n’est aucun monument qu’il connaît&#xa0;: c’est le cas de la plupart des photos. Les boutons au-dessus des photos n’en montrent qu’une sorte.</translation>
    </message>
    <message>
        <source>You say whether it is right</source>
        <translation>Vous dites si c’est juste</translation>
    </message>
    <message>
        <source>Enter accepts the first guess and goes on, 2 to 5 accept another one, Backspace says that there is no landmark, F finds any by its name, U takes your last answer back.</source>
        <translation>Entrée accepte la première proposition et continue, 2 à 5 en acceptent une autre, Retour arrière dit qu’il n’y a pas de monument, F en trouve un par son nom, U reprend votre dernière réponse.</translation>
    </message>
    <message>
        <source>Then the places are written</source>
        <translation>Puis les lieux sont écrits</translation>
    </message>
    <message>
        <source>Photo ▸ Write places (Ctrl+S) shows first what would be written, into sidecars beside the photos. Edit ▸ Runs takes it back, also weeks later.</source>
        <translation>Photo ▸ Écrire les lieux (Ctrl+S) montre d’abord ce qui serait écrit, dans des fichiers annexes à côté des photos. Édition ▸ Écritures l’annule, même des semaines plus tard.</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message>
        <source>Recent folders</source>
        <translation>Dossiers récents</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln still to be classified</source>
        <translation>
            <numerusform>%Ln à reconnaître</numerusform>
            <numerusform>%Ln à reconnaître</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupHeaders</name>
    <message numerus="yes">
        <source>%Ln without an answer</source>
        <translation>
            <numerusform>%Ln sans réponse</numerusform>
            <numerusform>%Ln sans réponse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message>
        <source>all answered</source>
        <translation>toutes répondues</translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation>replié</translation>
    </message>
</context>
<context>
    <name>GuessBar</name>
    <message>
        <source>Guess {0}: {1}, {2}</source>
        <translation>Proposition {0}&#xa0;: {1}, {2}</translation>
    </message>
</context>
<context>
    <name>Herald</name>
    <message numerus="yes">
        <source>%Ln photo(s) are classified.</source>
        <translation>
            <numerusform>%Ln photo est reconnue.</numerusform>
            <numerusform>%Ln photos sont reconnues.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Places are written into %Ln photo(s).</source>
        <translation>
            <numerusform>Le lieu est écrit dans %Ln photo.</numerusform>
            <numerusform>Les lieux sont écrits dans %Ln photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed.</source>
        <translation>
            <numerusform>%Ln échec.</numerusform>
            <numerusform>%Ln échecs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were taken back or written again.</source>
        <translation>
            <numerusform>%Ln photo a été annulée ou écrite de nouveau.</numerusform>
            <numerusform>%Ln photos ont été annulées ou écrites de nouveau.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were copied or moved.</source>
        <translation>
            <numerusform>%Ln photo a été copiée ou déplacée.</numerusform>
            <numerusform>%Ln photos ont été copiées ou déplacées.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Arrow keys, Page Up, Page Down, Home and End move; Shift extends the selection, or moves a photo that is zoomed in.</source>
        <translation>Les flèches, Page précédente, Page suivante, Début et Fin déplacent ; Maj étend la sélection, ou déplace une photo agrandie.</translation>
    </message>
</context>
<context>
    <name>LandmarkModel</name>
    <message>
        <source>no place known</source>
        <translation>aucun lieu connu</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Monument</translation>
    </message>
    <message>
        <source>Local name</source>
        <translation>Nom local</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ville</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
</context>
<context>
    <name>LandmarkPicker</name>
    <message>
        <source>Find a landmark</source>
        <translation>Chercher un monument</translation>
    </message>
    <message>
        <source>Name, local name, city or country</source>
        <translation>Nom, nom local, ville ou pays</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Monuments</translation>
    </message>
    <message>
        <source>No landmark of this bundle fits. Try fewer letters.</source>
        <translation>Aucun monument de ce modèle ne correspond. Essayez avec moins de lettres.</translation>
    </message>
    <message numerus="yes">
        <source>Enter accepts the landmark for %Ln photo(s)</source>
        <translation>
            <numerusform>Entrée accepte le monument pour %Ln photo</numerusform>
            <numerusform>Entrée accepte le monument pour %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LandmarkTable</name>
    <message>
        <source>Search landmark, city, country</source>
        <translation>Chercher monument, ville, pays</translation>
    </message>
    <message>
        <source>Search landmarks</source>
        <translation>Chercher des monuments</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Monuments</translation>
    </message>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln monument</numerusform>
            <numerusform>%Ln monuments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LargePreview</name>
    <message>
        <source>Large preview</source>
        <translation>Grand aperçu</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>Retour  Échap</translation>
    </message>
    <message>
        <source>Back to all photos</source>
        <translation>Retour à toutes les photos</translation>
    </message>
    <message>
        <source>The photo&apos;s own pixels, or the whole photo (Z)</source>
        <translation>Les pixels mêmes de la photo, ou la photo entière (Z)</translation>
    </message>
    <message>
        <source>← → other photo     Enter accept     1–5 guess     Backspace no landmark     + − Z 0 zoom</source>
        <translation>← → autre photo     Entrée accepter     1–5 proposition     Retour arrière aucun monument     + − Z 0 zoom</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Zoom: {0}</source>
        <translation>Zoom&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>LatestRuns</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln échec</numerusform>
            <numerusform>%Ln échecs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln taken back</source>
        <translation>
            <numerusform>%Ln annulée</numerusform>
            <numerusform>%Ln annulées</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%Ln folder(s) and file(s)</source>
        <translation>
            <numerusform>%Ln dossier ou fichier</numerusform>
            <numerusform>%Ln dossiers et fichiers</numerusform>
        </translation>
    </message>
    <message>
        <source>Model bundles…</source>
        <translation>Modèles…</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>accepted</source>
        <translation>accepté</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>proposé</translation>
    </message>
    <message>
        <source>own GPS</source>
        <translation>GPS propre</translation>
    </message>
    <message>
        <source>near {0}</source>
        <translation>près de {0}</translation>
    </message>
    <message>
        <source>{0} accepted</source>
        <translation>{0} acceptées</translation>
    </message>
    <message>
        <source>{0} suggested</source>
        <translation>{0} proposées</translation>
    </message>
    <message>
        <source>{0} with a position of their own</source>
        <translation>{0} avec leur propre position</translation>
    </message>
</context>
<context>
    <name>MapPanel</name>
    <message>
        <source>No places yet. Landmarks that are recognised in your photos appear here.</source>
        <translation>Pas encore de lieux. Les monuments reconnus dans vos photos apparaissent ici.</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Agrandir</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Agrandir (+)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Réduire</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>Réduire (−)</translation>
    </message>
    <message>
        <source>Fit to photos</source>
        <translation>Ajuster aux photos</translation>
    </message>
    <message>
        <source>Show all places of the photos (Home)</source>
        <translation>Montrer tous les lieux des photos (Début)</translation>
    </message>
    <message>
        <source>Photos with their own GPS</source>
        <translation>Photos avec leur propre GPS</translation>
    </message>
    <message>
        <source>Also show photos without a landmark that have a GPS position of their own</source>
        <translation>Montrer aussi les photos sans monument qui ont leur propre position GPS</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
</context>
<context>
    <name>NotificationBar</name>
    <message>
        <source>Notice</source>
        <translation>Avis</translation>
    </message>
    <message>
        <source>Dismiss all</source>
        <translation>Tout fermer</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln autre</numerusform>
            <numerusform>%Ln autres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>Open a folder</source>
        <translation>Ouvrir un dossier</translation>
    </message>
    <message>
        <source>Open photos</source>
        <translation>Ouvrir des photos</translation>
    </message>
</context>
<context>
    <name>OrganiseDialog</name>
    <message>
        <source>Organise photos</source>
        <translation>Ranger les photos</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <source>Folder that holds the new folders</source>
        <translation>Dossier qui contient les nouveaux dossiers</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>Dans le dossier</translation>
    </message>
    <message>
        <source>Template of the folders</source>
        <translation>Gabarit des dossiers</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Gabarit</translation>
    </message>
    <message>
        <source>Fields: {0}</source>
        <translation>Champs&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Déplacer</translation>
    </message>
    <message>
        <source>Also photos without an accepted place</source>
        <translation>Aussi les photos sans lieu accepté</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>Take a run back</source>
        <translation>Annuler un rangement</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) to organise</source>
        <translation>
            <numerusform>%Ln photo à ranger</numerusform>
            <numerusform>%Ln photos à ranger</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Looking where the photos go…</source>
        <translation>Recherche de la place des photos…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be moved</source>
        <translation>
            <numerusform>%Ln photo sera déplacée</numerusform>
            <numerusform>%Ln photos seront déplacées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be copied</source>
        <translation>
            <numerusform>%Ln photo sera copiée</numerusform>
            <numerusform>%Ln photos seront copiées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln déjà là</numerusform>
            <numerusform>%Ln déjà là</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be organised</source>
        <translation>
            <numerusform>%Ln ne peut pas être rangée</numerusform>
            <numerusform>%Ln ne peuvent pas être rangées</numerusform>
        </translation>
    </message>
    <message>
        <source>there is no room: {0} MB are needed, {1} MB are free</source>
        <translation>il n’y a pas la place&#xa0;: il faut {0} Mo, {1} Mo sont libres</translation>
    </message>
    <message>
        <source>Organising…</source>
        <translation>Rangement…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) organised</source>
        <translation>
            <numerusform>%Ln photo rangée</numerusform>
            <numerusform>%Ln photos rangées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln photo comme avant</numerusform>
            <numerusform>%Ln photos comme avant</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left where they are</source>
        <translation>
            <numerusform>%Ln laissée où elle est</numerusform>
            <numerusform>%Ln laissées où elles sont</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) moved</source>
        <translation>
            <numerusform>%Ln photo déplacée</numerusform>
            <numerusform>%Ln photos déplacées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) copied</source>
        <translation>
            <numerusform>%Ln photo copiée</numerusform>
            <numerusform>%Ln photos copiées</numerusform>
        </translation>
    </message>
    <message>
        <source>Bringing the photos back…</source>
        <translation>Retour des photos à leur place…</translation>
    </message>
</context>
<context>
    <name>OrganiseModel</name>
    <message>
        <source>Is where it should be</source>
        <translation>Est déjà à sa place</translation>
    </message>
    <message>
        <source>The same photo is there already</source>
        <translation>La même photo est déjà là</translation>
    </message>
    <message>
        <source>Another photo has this name, so it gets a number</source>
        <translation>Une autre photo porte ce nom&#x202f;; celle-ci reçoit un numéro</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more file(s) go along</source>
        <translation>
            <numerusform>%Ln autre fichier l’accompagne</numerusform>
            <numerusform>%Ln autres fichiers l’accompagnent</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
    <message>
        <source>As it was before</source>
        <translation>Comme avant</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Vers</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Remarques</translation>
    </message>
</context>
<context>
    <name>PhotoFacts</name>
    <message>
        <source>Camera</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objectif</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Exposition</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Prise le</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>{0} × {1}, {2} MP</source>
        <translation>{0} × {1}, {2} Mpx</translation>
    </message>
</context>
<context>
    <name>PhotoMenu</name>
    <message numerus="yes">
        <source>Accept %Ln photo(s) of this group</source>
        <translation>
            <numerusform>Accepter %Ln photo de ce groupe</numerusform>
            <numerusform>Accepter %Ln photos de ce groupe</numerusform>
        </translation>
    </message>
    <message>
        <source>Open this group</source>
        <translation>Déplier ce groupe</translation>
    </message>
    <message>
        <source>Collapse this group</source>
        <translation>Replier ce groupe</translation>
    </message>
    <message>
        <source>Accept another guess</source>
        <translation>Accepter une autre proposition</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Photos</source>
        <translation>Photos</translation>
    </message>
    <message numerus="yes">
        <source>Accept the first guesses of %Ln photo(s) of this group</source>
        <translation>
            <numerusform>Accepter la première proposition pour %Ln photo de ce groupe</numerusform>
            <numerusform>Accepter les premières propositions pour %Ln photos de ce groupe</numerusform>
        </translation>
    </message>
    <message>
        <source>Click to open this group</source>
        <translation>Cliquer pour déplier ce groupe</translation>
    </message>
    <message>
        <source>Click to collapse this group</source>
        <translation>Cliquer pour replier ce groupe</translation>
    </message>
</context>
<context>
    <name>PlaceModel</name>
    <message numerus="yes">
        <source>%Ln accepted</source>
        <translation>
            <numerusform>%Ln acceptée</numerusform>
            <numerusform>%Ln acceptées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggested</source>
        <translation>
            <numerusform>%Ln proposée</numerusform>
            <numerusform>%Ln proposées</numerusform>
        </translation>
    </message>
    <message>
        <source>Place not known</source>
        <translation>Lieu inconnu</translation>
    </message>
</context>
<context>
    <name>PlanModel</name>
    <message>
        <source>Photo and field</source>
        <translation>Photo et champ</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Cannot be written</source>
        <translation>Ne peut pas être écrit</translation>
    </message>
    <message>
        <source>Already says all of it</source>
        <translation>Dit déjà tout</translation>
    </message>
    <message>
        <source>{0} is changed</source>
        <translation>{0} est modifié</translation>
    </message>
    <message>
        <source>{0} is made</source>
        <translation>{0} est créé</translation>
    </message>
</context>
<context>
    <name>ProviderDialog</name>
    <message>
        <source>Where the model runs</source>
        <translation>Où s’exécute le modèle</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
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
        <translation>Demandé</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>Chargé</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Précision</translation>
    </message>
    <message>
        <source>The results are the same either way; a graphics card is only faster.</source>
        <translation>Les résultats sont les mêmes&#x202f;; une carte graphique est seulement plus rapide.</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Préférences…</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>it is no sound ONNX file</source>
        <translation>ce n’est pas un fichier ONNX valable</translation>
    </message>
    <message>
        <source>it is no ONNX model with one graph and one set of operators</source>
        <translation>ce n’est pas un modèle ONNX avec un graphe et un jeu d’opérateurs</translation>
    </message>
    <message>
        <source>some of its numbers lie in another file</source>
        <translation>certains de ses nombres sont dans un autre fichier</translation>
    </message>
    <message>
        <source>it defines functions of its own</source>
        <translation>il définit ses propres fonctions</translation>
    </message>
    <message>
        <source>it holds graphs for training</source>
        <translation>il contient des graphes d’entraînement</translation>
    </message>
    <message>
        <source>it has no pixels</source>
        <translation>il n’a pas de pixels</translation>
    </message>
    <message>
        <source>a raw file of a camera or kind that is not known</source>
        <translation>un fichier RAW d’un appareil ou d’un type inconnu</translation>
    </message>
    <message>
        <source>its header cannot be read</source>
        <translation>son en-tête ne peut pas être lu</translation>
    </message>
    <message>
        <source>the graphics card has too little free memory</source>
        <translation>la carte graphique a trop peu de mémoire libre</translation>
    </message>
    <message>
        <source>its outputs have another shape</source>
        <translation>ses sorties ont une autre forme</translation>
    </message>
    <message>
        <source>it answered with NaN or infinity</source>
        <translation>il a répondu NaN ou l’infini</translation>
    </message>
    <message>
        <source>its answers are no probabilities</source>
        <translation>ses réponses ne sont pas des probabilités</translation>
    </message>
    <message>
        <source>its activation maps have another shape</source>
        <translation>ses cartes d’activation ont une autre forme</translation>
    </message>
    <message>
        <source>this program was packed without CUDA</source>
        <translation>ce programme a été assemblé sans CUDA</translation>
    </message>
    <message>
        <source>the bundle&apos;s fp16 model is the faster one on a graphics card</source>
        <translation>la forme fp16 du modèle est la plus rapide sur une carte graphique</translation>
    </message>
    <message>
        <source>the bundle&apos;s int8 model is the faster one on the CPU</source>
        <translation>la forme int8 du modèle est la plus rapide sur le CPU</translation>
    </message>
    <message>
        <source>the bundle has no fp16 model, which would be the faster one on a graphics card</source>
        <translation>ce modèle n’a pas de forme fp16, plus rapide sur une carte graphique</translation>
    </message>
    <message>
        <source>the bundle has no int8 model, which would be the faster one on the CPU</source>
        <translation>ce modèle n’a pas de forme int8, plus rapide sur le CPU</translation>
    </message>
    <message>
        <source>the CPU was chosen in the settings</source>
        <translation>le CPU a été choisi dans les préférences</translation>
    </message>
    <message>
        <source>CUDA does not exist on macOS</source>
        <translation>CUDA n’existe pas sous macOS</translation>
    </message>
    <message>
        <source>this ONNX Runtime build has no CUDA support</source>
        <translation>cette version d’ONNX Runtime ne gère pas CUDA</translation>
    </message>
    <message>
        <source>ONNX Runtime could not load its CUDA libraries (CUDA or cuDNN is missing or of another version)</source>
        <translation>ONNX Runtime n’a pas pu charger ses bibliothèques CUDA (CUDA ou cuDNN manque ou est d’une autre version)</translation>
    </message>
    <message>
        <source>no NVIDIA driver was found</source>
        <translation>aucun pilote NVIDIA n’a été trouvé</translation>
    </message>
    <message>
        <source>this processor has no exact arithmetic for the bundle&apos;s int8 model (VNNI)</source>
        <translation>ce processeur n’a pas le calcul exact pour la forme int8 du modèle (VNNI)</translation>
    </message>
    <message>
        <source>it was changed while it was read</source>
        <translation>il a été modifié pendant la lecture</translation>
    </message>
    <message>
        <source>the PNG has no end</source>
        <translation>le PNG n’a pas de fin</translation>
    </message>
    <message>
        <source>the WebP has no picture</source>
        <translation>le WebP n’a pas d’image</translation>
    </message>
    <message>
        <source>it is a raw file</source>
        <translation>c’est un fichier RAW</translation>
    </message>
    <message>
        <source>it holds data that none of its directories knows</source>
        <translation>il contient des données qu’aucun de ses répertoires ne connaît</translation>
    </message>
    <message>
        <source>its picture data overlaps or is cut off</source>
        <translation>ses données d’image se chevauchent ou sont tronquées</translation>
    </message>
    <message>
        <source>a JPEG segment is missing</source>
        <translation>un segment JPEG manque</translation>
    </message>
    <message>
        <source>the JPEG has no picture</source>
        <translation>le JPEG n’a pas d’image</translation>
    </message>
    <message>
        <source>a JPEG segment is cut off</source>
        <translation>un segment JPEG est tronqué</translation>
    </message>
    <message>
        <source>a PNG chunk is cut off</source>
        <translation>un bloc PNG est tronqué</translation>
    </message>
    <message>
        <source>a WebP chunk is cut off</source>
        <translation>un bloc WebP est tronqué</translation>
    </message>
    <message>
        <source>it is no valid XMP</source>
        <translation>ce n’est pas du XMP valide</translation>
    </message>
    <message>
        <source>its XMP cannot be written back</source>
        <translation>son XMP ne peut pas être réécrit</translation>
    </message>
    <message>
        <source>it is no XMP</source>
        <translation>ce n’est pas du XMP</translation>
    </message>
    <message>
        <source>its text encoding is damaged</source>
        <translation>son codage de texte est endommagé</translation>
    </message>
    <message>
        <source>its XMP is damaged</source>
        <translation>son XMP est endommagé</translation>
    </message>
    <message>
        <source>the disk gave back other bytes</source>
        <translation>le disque a rendu d’autres octets</translation>
    </message>
    <message>
        <source>it is a TIFF of an unknown kind</source>
        <translation>c’est un TIFF d’un type inconnu</translation>
    </message>
    <message>
        <source>its TIFF directories cannot be followed</source>
        <translation>ses répertoires TIFF ne peuvent pas être suivis</translation>
    </message>
    <message>
        <source>it has a TIFF tag of an unknown type</source>
        <translation>il a un champ TIFF d’un type inconnu</translation>
    </message>
    <message>
        <source>a TIFF tag is cut off</source>
        <translation>un champ TIFF est tronqué</translation>
    </message>
    <message>
        <source>a page has no picture</source>
        <translation>une page n’a pas d’image</translation>
    </message>
    <message>
        <source>its strips are not all listed</source>
        <translation>ses bandes ne sont pas toutes listées</translation>
    </message>
    <message>
        <source>that is a photo&apos;s name</source>
        <translation>c’est le nom d’une photo</translation>
    </message>
    <message>
        <source>it is a file and no folder</source>
        <translation>c’est un fichier et non un dossier</translation>
    </message>
</context>
<context>
    <name>ResultList</name>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
</context>
<context>
    <name>ResultModel</name>
    <message>
        <source>Photo</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Written and read back</source>
        <translation>Écrit et relu</translation>
    </message>
    <message>
        <source>As it was before</source>
        <translation>Comme avant</translation>
    </message>
    <message>
        <source>Not written</source>
        <translation>Non écrit</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En cours</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Current photo</source>
        <translation>Photo actuelle</translation>
    </message>
    <message>
        <source>Taken here (T)</source>
        <translation>Prise ici (T)</translation>
    </message>
    <message>
        <source>Also write the landmark&apos;s position as the estimated position of the camera.
</source>
        <translation>Écrire aussi la position du monument comme position estimée de l’appareil.
</translation>
    </message>
    <message>
        <source>A photo that has GPS keeps its own, unless you confirm here that it is to be replaced.</source>
        <translation>Une photo qui a un GPS garde le sien, sauf si vous confirmez ici qu’il doit être remplacé.</translation>
    </message>
    <message>
        <source>Accept  ⏎</source>
        <translation>Accepter  ⏎</translation>
    </message>
    <message>
        <source>Accept the first guess</source>
        <translation>Accepter la première proposition</translation>
    </message>
    <message>
        <source>No landmark  ⌫</source>
        <translation>Aucun  ⌫</translation>
    </message>
    <message>
        <source>No landmark</source>
        <translation>Aucun monument</translation>
    </message>
    <message>
        <source>Find…  F</source>
        <translation>Chercher…  F</translation>
    </message>
    <message>
        <source>Find a landmark by its name</source>
        <translation>Chercher un monument par son nom</translation>
    </message>
    <message>
        <source>No photo is selected</source>
        <translation>Aucune photo n’est sélectionnée</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln sélectionnée</numerusform>
            <numerusform>%Ln sélectionnées</numerusform>
        </translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Illisible</translation>
    </message>
    <message>
        <source>✓ Written</source>
        <translation>✓ Écrit</translation>
    </message>
    <message>
        <source>✎ Accepted, not written yet</source>
        <translation>✎ Accepté, pas encore écrit</translation>
    </message>
    <message>
        <source>✕ You said: no landmark</source>
        <translation>✕ Vous avez dit&#xa0;: aucun monument</translation>
    </message>
    <message>
        <source>The photo has GPS: {0}</source>
        <translation>La photo a un GPS&#xa0;: {0}</translation>
    </message>
    <message>
        <source>✓ {0} from {1}: they agree</source>
        <translation>✓ {0} de {1}&#xa0;: cela concorde</translation>
    </message>
    <message>
        <source>{0} from {1}</source>
        <translation>{0} de {1}</translation>
    </message>
    <message>
        <source>⚠ {0} from {1}: too far to be true, so the GPS is kept</source>
        <translation>⚠ {0} de {1}&#xa0;: trop loin pour être vrai&#x202f;; le GPS est gardé</translation>
    </message>
    <message>
        <source>There is no guess that can be relied on; press 1 to 5 to pick one anyway.</source>
        <translation>Aucune proposition n’est fiable&#x202f;; appuyez sur 1 à 5 pour en choisir une quand même.</translation>
    </message>
</context>
<context>
    <name>Reviewer</name>
    <message>
        <source>There is no such guess for this photo.</source>
        <translation>Il n’y a pas de telle proposition pour cette photo.</translation>
    </message>
    <message>
        <source>No photo that is shown has the verdict Landmark and waits for an answer.</source>
        <translation>Aucune photo affichée n’a le verdict «&#xa0;Monument&#xa0;» et n’attend de réponse.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) accepted. U takes it back.</source>
        <translation>
            <numerusform>%Ln photo acceptée. U la reprend.</numerusform>
            <numerusform>%Ln photos acceptées. U les reprend.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing in this group can be accepted at once.</source>
        <translation>Rien dans ce groupe ne peut être accepté d’un coup.</translation>
    </message>
    <message>
        <source>There is no place that could replace the photo’s GPS.</source>
        <translation>Il n’y a pas de lieu qui pourrait remplacer le GPS de la photo.</translation>
    </message>
    <message>
        <source>This photo could not be read.</source>
        <translation>Cette photo n’a pas pu être lue.</translation>
    </message>
    <message>
        <source>This photo has no guesses yet.</source>
        <translation>Cette photo n’a pas encore de propositions.</translation>
    </message>
    <message>
        <source>Nothing accepted: the model knows no landmark here. Press 1 to 5 to pick a guess anyway.</source>
        <translation>Rien d’accepté&#xa0;: le modèle ne connaît pas de monument ici. Appuyez sur 1 à 5 pour choisir quand même une proposition.</translation>
    </message>
</context>
<context>
    <name>RunModel</name>
    <message>
        <source>Started</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Écrites</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échecs</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Annulées</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Dossiers</translation>
    </message>
</context>
<context>
    <name>RunsDialog</name>
    <message>
        <source>Runs</source>
        <translation>Écritures</translation>
    </message>
    <message>
        <source>Every run can be taken back as a whole; files that were changed since are left alone.</source>
        <translation>Chaque écriture peut être annulée en entier&#x202f;; les fichiers modifiés depuis sont laissés tels quels.</translation>
    </message>
    <message>
        <source>Files of the run</source>
        <translation>Fichiers de l’écriture</translation>
    </message>
    <message>
        <source>Undo this run</source>
        <translation>Annuler cette écriture</translation>
    </message>
    <message>
        <source>Undo chosen photos</source>
        <translation>Annuler les photos choisies</translation>
    </message>
    <message>
        <source>Write again</source>
        <translation>Écrire de nouveau</translation>
    </message>
    <message>
        <source>Writes again what was undone, of the chosen photos or else of the whole run.</source>
        <translation>Écrit de nouveau ce qui a été annulé, des photos choisies ou sinon de toute l’écriture.</translation>
    </message>
    <message>
        <source>Remove only what was written</source>
        <translation>Retirer seulement ce qui a été écrit</translation>
    </message>
    <message>
        <source>Takes what was written of places and keywords out of files that were changed since; the rest stays.</source>
        <translation>Retire des fichiers modifiés depuis les lieux et mots-clés écrits&#x202f;; le reste demeure.</translation>
    </message>
    <message>
        <source>Undo a folder…</source>
        <translation>Annuler un dossier…</translation>
    </message>
    <message>
        <source>Takes back all that any run wrote to the photos of a folder.</source>
        <translation>Annule tout ce qu’une écriture a mis dans les photos d’un dossier.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Rien n’a encore été écrit.</translation>
    </message>
    <message>
        <source>Undo all that was written in this folder</source>
        <translation>Annuler tout ce qui a été écrit dans ce dossier</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) written again</source>
        <translation>
            <numerusform>%Ln photo écrite de nouveau</numerusform>
            <numerusform>%Ln photos écrites de nouveau</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln photo comme avant</numerusform>
            <numerusform>%Ln photos comme avant</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone</source>
        <translation>
            <numerusform>%Ln laissée telle quelle</numerusform>
            <numerusform>%Ln laissées telles quelles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Writing</source>
        <translation>Écriture</translation>
    </message>
    <message>
        <source>Write places into</source>
        <translation>Écrire les lieux dans</translation>
    </message>
    <message>
        <source>Sidecars leave the photo file itself untouched. Raw files other than DNG, and formats that cannot be embedded, get a sidecar either way.</source>
        <translation>Les fichiers annexes laissent la photo intacte. Les fichiers RAW autres que DNG, et les formats où rien ne peut être intégré, reçoivent toujours un fichier annexe.</translation>
    </message>
    <message>
        <source>a sidecar next to the photo</source>
        <translation>un fichier annexe à côté de la photo</translation>
    </message>
    <message>
        <source>the photo file</source>
        <translation>le fichier de la photo</translation>
    </message>
    <message>
        <source>Name of new sidecars</source>
        <translation>Nom des nouveaux fichiers annexes</translation>
    </message>
    <message>
        <source>A folder that already uses one of the two keeps it.</source>
        <translation>Un dossier qui utilise déjà l’un des deux le garde.</translation>
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
        <translation>Photos sans GPS&#xa0;: écrire aussi le monument comme position estimée de l’appareil</translation>
    </message>
    <message>
        <source>This is what puts a photo on the map in other programs. A photo that has GPS always keeps its own.</source>
        <translation>C’est ce qui place une photo sur la carte dans d’autres programmes. Une photo qui a un GPS garde toujours le sien.</translation>
    </message>
    <message>
        <source>Keep the modification time of photos that are written into</source>
        <translation>Garder la date de modification des photos où l’on écrit</translation>
    </message>
    <message>
        <source>Leave this off if digiKam or PhotoPrism should notice the change.</source>
        <translation>Laissez décoché si digiKam ou PhotoPrism doit remarquer le changement.</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Reconnaissance</translation>
    </message>
    <message>
        <source>Cautious … bold</source>
        <translation>Prudent … hardi</translation>
    </message>
    <message>
        <source>Cautious calls fewer photos recognised and is right more often; bold is the other way round.</source>
        <translation>Prudent dit moins de photos reconnues et a plus souvent raison&#x202f;; hardi est l’inverse.</translation>
    </message>
    <message>
        <source>Model bundle</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>What the model can recognise. Others can be installed beside the one that came with the program.</source>
        <translation>Ce que le programme peut reconnaître. D’autres modèles peuvent être installés à côté de celui qui est fourni.</translation>
    </message>
    <message>
        <source>Run the model on</source>
        <translation>Exécuter le modèle sur</translation>
    </message>
    <message>
        <source>Automatic takes CUDA where it loads, else the CPU.</source>
        <translation>Automatique prend CUDA là où il se charge, sinon le CPU.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
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
        <translation>Fils d’exécution du modèle</translation>
    </message>
    <message>
        <source>0 uses all cores, up to 16.</source>
        <translation>0 utilise tous les cœurs, jusqu’à 16.</translation>
    </message>
    <message>
        <source>Photos decoded at the same time</source>
        <translation>Photos décodées en même temps</translation>
    </message>
    <message>
        <source>0 uses one worker for each core, up to 16.</source>
        <translation>0 utilise un fil par cœur, jusqu’à 16.</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Vignettes</translation>
    </message>
    <message>
        <source>Space for thumbnails (MB)</source>
        <translation>Place pour les vignettes (Mo)</translation>
    </message>
    <message>
        <source>Folders that were open before show their tiles at once; 40 photos take about one MB. What was not seen for longest makes room.</source>
        <translation>Les dossiers déjà ouverts montrent aussitôt leurs vignettes&#x202f;; 40 photos prennent environ un Mo. Ce qui n’a pas été vu depuis le plus longtemps fait place.</translation>
    </message>
    <message>
        <source>Organising</source>
        <translation>Rangement</translation>
    </message>
    <message>
        <source>Offer to copy or move photos into folders by place and date</source>
        <translation>Proposer de copier ou déplacer les photos dans des dossiers par lieu et date</translation>
    </message>
    <message>
        <source>Adds “Organise photos…” to the File menu. Every run can be taken back.</source>
        <translation>Ajoute «&#xa0;Ranger les photos…&#xa0;» au menu Fichier. Chaque rangement peut être annulé.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>In force after the next start.</source>
        <translation>En vigueur au prochain démarrage.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Animations</translation>
    </message>
    <message>
        <source>Less motion lets the map jump instead of fly, and menus appear at once.</source>
        <translation>Avec moins d’animations, la carte saute au lieu de voler et les menus apparaissent aussitôt.</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Moins</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
    <message>
        <source>Start with the folders of last time</source>
        <translation>Commencer avec les dossiers de la dernière fois</translation>
    </message>
    <message>
        <source>With their filters, their order and the photo that was current.</source>
        <translation>Avec leurs filtres, leur ordre et la photo qui était actuelle.</translation>
    </message>
    <message>
        <source>Tell when long work ends while another window is in front</source>
        <translation>Prévenir de la fin d’un long travail quand une autre fenêtre est devant</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Tout réinitialiser</translation>
    </message>
    <message>
        <source>Give every setting its default</source>
        <translation>Rendre à chaque préférence sa valeur d’origine</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Réinitialiser</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>Réinitialiser {0}</translation>
    </message>
    <message>
        <source>Clear now</source>
        <translation>Vider maintenant</translation>
    </message>
    <message>
        <source>Clear all thumbnails now</source>
        <translation>Effacer toutes les vignettes maintenant</translation>
    </message>
    <message>
        <source>Model bundles…</source>
        <translation>Modèles…</translation>
    </message>
    <message>
        <source>{0} MB are used now</source>
        <translation>{0} Mo utilisés actuellement</translation>
    </message>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln monument</numerusform>
            <numerusform>%Ln monuments</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking the bundle…</source>
        <translation>Vérification du modèle…</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>Le modèle est en cours de chargement…</translation>
    </message>
    <message>
        <source>Open a folder to see here what the slider does to its photos.</source>
        <translation>Ouvrez un dossier pour voir ici ce que le curseur fait de ses photos.</translation>
    </message>
    <message numerus="yes">
        <source>of %Ln that the model has looked at</source>
        <translation>
            <numerusform>sur %Ln regardée par le modèle</numerusform>
            <numerusform>sur %Ln regardées par le modèle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Would tag %Ln photo(s)</source>
        <translation>
            <numerusform>Écrirait le lieu de %Ln photo</numerusform>
            <numerusform>Écrirait le lieu de %Ln photos</numerusform>
        </translation>
    </message>
    <message>
        <source>, probably all of them right.</source>
        <translation>, sans doute toutes justes.</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln of them wrong.</source>
        <translation>
            <numerusform>dont environ %Ln fausse.</numerusform>
            <numerusform>dont environ %Ln fausses.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Folders</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Lieux</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Écritures</translation>
    </message>
    <message>
        <source>Open a folder to begin.</source>
        <translation>Ouvrez un dossier pour commencer.</translation>
    </message>
    <message>
        <source>Landmarks that are recognised appear here.</source>
        <translation>Les monuments reconnus apparaissent ici.</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Rien n’a encore été écrit.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Show only this folder</source>
        <translation>Ne montrer que ce dossier</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Chercher des changements</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Montrer dans le gestionnaire de fichiers</translation>
    </message>
    <message>
        <source>Close folder</source>
        <translation>Fermer le dossier</translation>
    </message>
</context>
<context>
    <name>StartProblemDialog</name>
    <message>
        <source>Open the library’s folder</source>
        <translation>Ouvrir le dossier de la bibliothèque</translation>
    </message>
    <message>
        <source>Use another folder…</source>
        <translation>Utiliser un autre dossier…</translation>
    </message>
    <message>
        <source>For this start; the option --library chooses a place for good.</source>
        <translation>Pour ce démarrage&#x202f;; l’option --library choisit un emplacement durable.</translation>
    </message>
    <message>
        <source>Choose a folder for the library</source>
        <translation>Choisir un dossier pour la bibliothèque</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Suspendre</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>{0} (CUDA not used: why?)</source>
        <translation>{0} (sans CUDA&#xa0;: pourquoi&#x202f;?)</translation>
    </message>
    <message numerus="yes">
        <source>Classify the remaining %Ln</source>
        <translation>
            <numerusform>Reconnaître la %Ln restante</numerusform>
            <numerusform>Reconnaître les %Ln restantes</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message numerus="yes">
        <source>Looking for photos: %Ln found</source>
        <translation>
            <numerusform>Recherche des photos&#xa0;: %Ln trouvée</numerusform>
            <numerusform>Recherche des photos&#xa0;: %Ln trouvées</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused at {0}</source>
        <translation>Suspendu à {0}</translation>
    </message>
    <message>
        <source>Classifying {0}</source>
        <translation>Reconnaissance&#xa0;: {0}</translation>
    </message>
    <message>
        <source>The model does not run, so nothing is classified.</source>
        <translation>Le modèle ne s’exécute pas&#x202f;; rien n’est donc reconnu.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln accepted place(s) not written yet (Ctrl+S)</source>
        <translation>
            <numerusform>%Ln lieu accepté pas encore écrit (Ctrl+S)</numerusform>
            <numerusform>%Ln lieux acceptés pas encore écrits (Ctrl+S)</numerusform>
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
        <translation>(comme {0} mm en plein format)</translation>
    </message>
    <message>
        <source>Accept {0}</source>
        <translation>Accepter {0}</translation>
    </message>
    <message>
        <source>No landmark</source>
        <translation>Aucun monument</translation>
    </message>
    <message>
        <source>No place</source>
        <translation>Aucun lieu</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>Aucune date</translation>
    </message>
    <message>
        <source>The drive that holds this photo is not connected.</source>
        <translation>Le disque qui contient cette photo n’est pas branché.</translation>
    </message>
    <message>
        <source>Settings ▸ Run the model on ▸ Automatic tries the graphics card again.</source>
        <translation>Préférences ▸ Exécuter le modèle sur ▸ Automatique essaie de nouveau la carte graphique.</translation>
    </message>
    <message>
        <source>With an NVIDIA graphics card: install NVIDIA’s driver and start the program again. Without one there is nothing to do.</source>
        <translation>Avec une carte graphique NVIDIA&#xa0;: installez le pilote de NVIDIA et relancez le programme. Sans elle, il n’y a rien à faire.</translation>
    </message>
    <message>
        <source>Restart the computer; a driver that was just updated is another one than the kernel’s.</source>
        <translation>Redémarrez l’ordinateur&#x202f;; un pilote mis à jour à l’instant n’est pas celui du noyau.</translation>
    </message>
    <message>
        <source>This build of the program uses the processor only. An installation from source on a computer with an NVIDIA driver gets the build for graphics cards.</source>
        <translation>Cette version du programme n’utilise que le processeur. Une installation depuis les sources sur un ordinateur avec un pilote NVIDIA reçoit la version pour cartes graphiques.</translation>
    </message>
    <message>
        <source>There is nothing to do: on macOS the processor is the way to go.</source>
        <translation>Il n’y a rien à faire&#xa0;: sous macOS, le processeur est la bonne voie.</translation>
    </message>
    <message>
        <source>Install the program from source again: it brings the versions of CUDA and cuDNN that belong together.</source>
        <translation>Installez de nouveau le programme depuis les sources&#xa0;: il apporte les versions de CUDA et cuDNN qui vont ensemble.</translation>
    </message>
    <message>
        <source>The model runs on the graphics card (CUDA).</source>
        <translation>Le modèle s’exécute sur la carte graphique (CUDA).</translation>
    </message>
    <message>
        <source>The model runs on the processor (CPU): {0}.</source>
        <translation>Le modèle s’exécute sur le processeur (CPU)&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>&lt;1 %</source>
        <translation>&lt;1&#x202f;%</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}&#x202f;%</translation>
    </message>
    <message>
        <source>{0} ft</source>
        <translation>{0} pi</translation>
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
        <translation>Le modèle ne connaît pas le lieu de ce monument</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Monument</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Incertain</translation>
    </message>
    <message>
        <source>No known landmark</source>
        <translation>Aucun monument connu</translation>
    </message>
    <message>
        <source>The model hesitates, but the photo was taken there: its GPS is {0} away.</source>
        <translation>Le modèle hésite, mais la photo a été prise là&#xa0;: son GPS est à {0}.</translation>
    </message>
    <message>
        <source>Confident, but the photo’s GPS is {0} away: one of the two is wrong.</source>
        <translation>Sûr, mais le GPS de la photo est à {0}&#xa0;: l’un des deux est faux.</translation>
    </message>
    <message>
        <source>Confident, and clearly ahead of the second guess.</source>
        <translation>Sûr, et nettement devant la deuxième proposition.</translation>
    </message>
    <message>
        <source>The first guess stays below the {0} that counts as recognised.</source>
        <translation>La première proposition reste sous les {0} qui comptent comme reconnus.</translation>
    </message>
    <message>
        <source>The first two guesses are too close to each other.</source>
        <translation>Les deux premières propositions sont trop proches l’une de l’autre.</translation>
    </message>
    <message>
        <source>The photo looks unlike every landmark the model knows. Most photos show none; that is fine.</source>
        <translation>La photo ne ressemble à aucun monument que le modèle connaît. La plupart n’en montrent aucun&#x202f;; c’est normal.</translation>
    </message>
    <message>
        <source>No guess reaches {0}. Most photos show no known landmark; that is fine.</source>
        <translation>Aucune proposition n’atteint {0}. La plupart des photos ne montrent aucun monument connu&#x202f;; c’est normal.</translation>
    </message>
    <message>
        <source>no landmark</source>
        <translation>aucun monument</translation>
    </message>
    <message>
        <source>accepted, written</source>
        <translation>accepté, écrit</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>accepté</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>incertain</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>hors ligne</translation>
    </message>
    <message>
        <source>its GPS agrees</source>
        <translation>son GPS concorde</translation>
    </message>
    <message>
        <source>its GPS is far away</source>
        <translation>son GPS est loin</translation>
    </message>
    <message>
        <source>has GPS</source>
        <translation>a un GPS</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>moins d’une minute restante</translation>
    </message>
    <message>
        <source>{0} min left</source>
        <translation>{0} min restantes</translation>
    </message>
    <message>
        <source>{0} h {1} min left</source>
        <translation>{0} h {1} min restantes</translation>
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
        <translation>Passer la visite</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Étape {0} sur {1}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Find the landmarks in your photos</source>
        <translation>Trouvez les monuments dans vos photos</translation>
    </message>
    <message>
        <source>Everything happens on this computer. Nothing is uploaded, and no pixel of a photo ever changes.</source>
        <translation>Tout se passe sur cet ordinateur. Rien n’est envoyé, et aucun pixel d’une photo ne change jamais.</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ouvrir un dossier</translation>
    </message>
    <message>
        <source>or drop folders and photos anywhere on this window</source>
        <translation>ou déposez des dossiers et des photos n’importe où sur cette fenêtre</translation>
    </message>
    <message>
        <source>Recognise</source>
        <translation>Reconnaître</translation>
    </message>
    <message>
        <source>Every photo gets guesses, and an honest “none” where there is none.</source>
        <translation>Chaque photo reçoit des propositions, et un «&#xa0;aucun&#xa0;» honnête là où il n’y en a pas.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>Accept, pick another or reject, all from the keyboard.</source>
        <translation>Accepter, en choisir une autre ou refuser, tout au clavier.</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Écrire</translation>
    </message>
    <message>
        <source>See what will be written, then write places into standard metadata.</source>
        <translation>Voyez ce qui sera écrit, puis écrivez les lieux dans des métadonnées standard.</translation>
    </message>
    <message>
        <source>Open {0} again</source>
        <translation>Rouvrir {0}</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>There is no guess to explain.</source>
        <translation>Il n’y a pas de proposition à expliquer.</translation>
    </message>
    <message>
        <source>Looking for what speaks for {0}…</source>
        <translation>Recherche de ce qui plaide pour {0}…</translation>
    </message>
    <message>
        <source>Nothing in this photo speaks for {0}.</source>
        <translation>Rien dans cette photo ne plaide pour {0}.</translation>
    </message>
    <message>
        <source>The lighter the colour, the more speaks for {0}.</source>
        <translation>Plus la couleur est claire, plus l’endroit plaide pour {0}.</translation>
    </message>
</context>
<context>
    <name>WriteDialog</name>
    <message>
        <source>Write places</source>
        <translation>Écrire les lieux</translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation>Ce qui sera écrit</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <source>Undo this run</source>
        <translation>Annuler cette écriture</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Écrire</translation>
    </message>
    <message>
        <source>Shown is not taken</source>
        <translation>Montré n’est pas pris</translation>
    </message>
    <message>
        <source>A recognised landmark says what the photo shows. Where the camera stood is an estimate from it; it is written, marked as an estimate, only into photos without GPS, and only where “taken here” is on. That puts the photo on the map in other programs. A photo that has GPS keeps its own.</source>
        <translation>Un monument reconnu dit ce que montre la photo. L’endroit où se tenait l’appareil en est une estimation&#x202f;; elle n’est écrite, marquée comme estimation, que dans les photos sans GPS, et seulement là où «&#xa0;Prise ici&#xa0;» est coché. C’est ce qui place la photo sur la carte dans d’autres programmes. Une photo qui a un GPS garde le sien.</translation>
    </message>
    <message>
        <source>Reading what the files say now…</source>
        <translation>Lecture de ce que disent les fichiers…</translation>
    </message>
    <message numerus="yes">
        <source>Write %Ln file(s)</source>
        <translation>
            <numerusform>Écrire %Ln fichier</numerusform>
            <numerusform>Écrire %Ln fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be tagged</source>
        <translation>
            <numerusform>%Ln photo recevra son lieu</numerusform>
            <numerusform>%Ln photos recevront leur lieu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s)</source>
        <translation>
            <numerusform>%Ln champ</numerusform>
            <numerusform>%Ln champs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln already complete</source>
        <translation>
            <numerusform>%Ln déjà complète</numerusform>
            <numerusform>%Ln déjà complètes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be written</source>
        <translation>
            <numerusform>%Ln ne peut pas être écrite</numerusform>
            <numerusform>%Ln ne peuvent pas être écrites</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing, and reading back what was written…</source>
        <translation>Écriture, et relecture de ce qui a été écrit…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) tagged</source>
        <translation>
            <numerusform>Lieu écrit dans %Ln photo</numerusform>
            <numerusform>Lieux écrits dans %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed; the originals are untouched</source>
        <translation>
            <numerusform>%Ln échec&#x202f;; l’original est intact</numerusform>
            <numerusform>%Ln échecs&#x202f;; les originaux sont intacts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try %Ln photo(s) again</source>
        <translation>
            <numerusform>Réessayer %Ln photo</numerusform>
            <numerusform>Réessayer %Ln photos</numerusform>
        </translation>
    </message>
    <message>
        <source>Taking back what this run wrote…</source>
        <translation>Annulation de ce que cette écriture a mis…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln photo comme avant</numerusform>
            <numerusform>%Ln photos comme avant</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone</source>
        <translation>
            <numerusform>%Ln laissée telle quelle</numerusform>
            <numerusform>%Ln laissées telles quelles</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Something went wrong; Edit ▸ Runs shows what was written.</source>
        <translation>Un problème est survenu&#x202f;; Édition ▸ Écritures montre ce qui a été écrit.</translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln monument</numerusform>
            <numerusform>%Ln monuments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln autre</numerusform>
            <numerusform>%Ln autres</numerusform>
        </translation>
    </message>
</context>
</TS>

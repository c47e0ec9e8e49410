<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BundleView</name>
    <message numerus="yes">
        <source>%Ln photo(s) it was not trained with</source>
        <translation>
            <numerusform>%Ln photo it was not trained with</numerusform>
            <numerusform>%Ln photos it was not trained with</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln, all of them with a place that can be written</source>
        <translation>
            <numerusform>%Ln, all of them with a place that can be written</numerusform>
            <numerusform>%Ln, all of them with a place that can be written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfirmMany</name>
    <message numerus="yes">
        <source>Accept the first guess of %Ln photo(s)?</source>
        <translation>
            <numerusform>Accept the first guess of %Ln photo?</numerusform>
            <numerusform>Accept the first guess of %Ln photos?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Emptiness</name>
    <message numerus="yes">
        <source>%Ln more folder(s) and file(s) could not be read.</source>
        <translation>
            <numerusform>%Ln more folder or file could not be read.</numerusform>
            <numerusform>%Ln more folders and files could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %Ln photo(s) shows a landmark that the model knows</source>
        <translation>
            <numerusform>%Ln photo shows no landmark that the model knows</numerusform>
            <numerusform>None of the %Ln photos shows a landmark that the model knows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It knows %Ln landmark(s). Most photos show none of them; that is fine.</source>
        <translation>
            <numerusform>It knows %Ln landmark. Most photos do not show it; that is fine.</numerusform>
            <numerusform>It knows %Ln landmarks. Most photos show none of them; that is fine.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileActions</name>
    <message numerus="yes">
        <source>%Ln photo(s) exported to {0}.</source>
        <translation>
            <numerusform>%Ln photo exported to {0}.</numerusform>
            <numerusform>%Ln photos exported to {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out: this bundle knows no place for their landmarks.</source>
        <translation>
            <numerusform>%Ln left out: this bundle knows no place for its landmark.</numerusform>
            <numerusform>%Ln left out: this bundle knows no place for their landmarks.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) got an answer from their files.</source>
        <translation>
            <numerusform>%Ln photo got an answer from their files.</numerusform>
            <numerusform>%Ln photos got an answer from their files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln speak of a place that is no landmark of this bundle.</source>
        <translation>
            <numerusform>%Ln speaks of a place that is no landmark of this bundle.</numerusform>
            <numerusform>%Ln speak of a place that is no landmark of this bundle.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
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
            <numerusform>%Ln still to be classified</numerusform>
            <numerusform>%Ln still to be classified</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupHeaders</name>
    <message numerus="yes">
        <source>%Ln without an answer</source>
        <translation>
            <numerusform>%Ln without an answer</numerusform>
            <numerusform>%Ln without an answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Herald</name>
    <message numerus="yes">
        <source>%Ln photo(s) are classified.</source>
        <translation>
            <numerusform>%Ln photo is classified.</numerusform>
            <numerusform>%Ln photos are classified.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Places are written into %Ln photo(s).</source>
        <translation>
            <numerusform>Places are written into %Ln photo.</numerusform>
            <numerusform>Places are written into %Ln photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed.</source>
        <translation>
            <numerusform>%Ln failed.</numerusform>
            <numerusform>%Ln failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were taken back or written again.</source>
        <translation>
            <numerusform>%Ln photo was taken back or written again.</numerusform>
            <numerusform>%Ln photos were taken back or written again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were copied or moved.</source>
        <translation>
            <numerusform>%Ln photo was copied or moved.</numerusform>
            <numerusform>%Ln photos were copied or moved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LandmarkPicker</name>
    <message numerus="yes">
        <source>Enter accepts the landmark for %Ln photo(s)</source>
        <translation>
            <numerusform>Enter accepts the landmark for %Ln photo</numerusform>
            <numerusform>Enter accepts the landmark for %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LandmarkTable</name>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln landmark</numerusform>
            <numerusform>%Ln landmarks</numerusform>
        </translation>
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
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln taken back</source>
        <translation>
            <numerusform>%Ln taken back</numerusform>
            <numerusform>%Ln taken back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%Ln folder(s) and file(s)</source>
        <translation>
            <numerusform>%Ln folder or file</numerusform>
            <numerusform>%Ln folders and files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NotificationBar</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrganiseDialog</name>
    <message numerus="yes">
        <source>%Ln photo(s) to organise</source>
        <translation>
            <numerusform>%Ln photo to organise</numerusform>
            <numerusform>%Ln photos to organise</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be moved</source>
        <translation>
            <numerusform>%Ln photo will be moved</numerusform>
            <numerusform>%Ln photos will be moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be copied</source>
        <translation>
            <numerusform>%Ln photo will be copied</numerusform>
            <numerusform>%Ln photos will be copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln there already</numerusform>
            <numerusform>%Ln there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be organised</source>
        <translation>
            <numerusform>%Ln cannot be organised</numerusform>
            <numerusform>%Ln cannot be organised</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) organised</source>
        <translation>
            <numerusform>%Ln photo organised</numerusform>
            <numerusform>%Ln photos organised</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln photo as before</numerusform>
            <numerusform>%Ln photos as before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left where they are</source>
        <translation>
            <numerusform>%Ln left where they are</numerusform>
            <numerusform>%Ln left where they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) moved</source>
        <translation>
            <numerusform>%Ln photo moved</numerusform>
            <numerusform>%Ln photos moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) copied</source>
        <translation>
            <numerusform>%Ln photo copied</numerusform>
            <numerusform>%Ln photos copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrganiseModel</name>
    <message numerus="yes">
        <source>%Ln more file(s) go along</source>
        <translation>
            <numerusform>%Ln more file go along</numerusform>
            <numerusform>%Ln more files go along</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoMenu</name>
    <message numerus="yes">
        <source>Accept %Ln photo(s) of this group</source>
        <translation>
            <numerusform>Accept %Ln photo of this group</numerusform>
            <numerusform>Accept %Ln photos of this group</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message numerus="yes">
        <source>Accept the first guesses of %Ln photo(s) of this group</source>
        <translation>
            <numerusform>Accept the first guess of %Ln photo of this group</numerusform>
            <numerusform>Accept the first guesses of %Ln photos of this group</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaceModel</name>
    <message numerus="yes">
        <source>%Ln accepted</source>
        <translation>
            <numerusform>%Ln accepted</numerusform>
            <numerusform>%Ln accepted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggested</source>
        <translation>
            <numerusform>%Ln suggested</numerusform>
            <numerusform>%Ln suggested</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reviewer</name>
    <message numerus="yes">
        <source>%Ln photo(s) accepted. U takes it back.</source>
        <translation>
            <numerusform>%Ln photo accepted. U takes it back.</numerusform>
            <numerusform>%Ln photos accepted. U takes it back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunsDialog</name>
    <message numerus="yes">
        <source>%Ln photo(s) written again</source>
        <translation>
            <numerusform>%Ln photo written again</numerusform>
            <numerusform>%Ln photos written again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln photo as before</numerusform>
            <numerusform>%Ln photos as before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone</source>
        <translation>
            <numerusform>%Ln left alone</numerusform>
            <numerusform>%Ln left alone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln landmark</numerusform>
            <numerusform>%Ln landmarks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %Ln that the model has looked at</source>
        <translation>
            <numerusform>of %Ln that the model has looked at</numerusform>
            <numerusform>of %Ln that the model has looked at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Would tag %Ln photo(s)</source>
        <translation>
            <numerusform>Would tag %Ln photo</numerusform>
            <numerusform>Would tag %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln of them wrong.</source>
        <translation>
            <numerusform>about %Ln of them wrong.</numerusform>
            <numerusform>about %Ln of them wrong.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message numerus="yes">
        <source>Classify the remaining %Ln</source>
        <translation>
            <numerusform>Classify the remaining %Ln</numerusform>
            <numerusform>Classify the remaining %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Looking for photos: %Ln found</source>
        <translation>
            <numerusform>Looking for photos: %Ln found</numerusform>
            <numerusform>Looking for photos: %Ln found</numerusform>
        </translation>
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
            <numerusform>%Ln accepted place not written yet (Ctrl+S)</numerusform>
            <numerusform>%Ln accepted places not written yet (Ctrl+S)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WriteDialog</name>
    <message numerus="yes">
        <source>Write %Ln file(s)</source>
        <translation>
            <numerusform>Write %Ln file</numerusform>
            <numerusform>Write %Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be tagged</source>
        <translation>
            <numerusform>%Ln photo will be tagged</numerusform>
            <numerusform>%Ln photos will be tagged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s)</source>
        <translation>
            <numerusform>%Ln field</numerusform>
            <numerusform>%Ln fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln already complete</source>
        <translation>
            <numerusform>%Ln already complete</numerusform>
            <numerusform>%Ln already complete</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be written</source>
        <translation>
            <numerusform>%Ln cannot be written</numerusform>
            <numerusform>%Ln cannot be written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) tagged</source>
        <translation>
            <numerusform>%Ln photo tagged</numerusform>
            <numerusform>%Ln photos tagged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed; the originals are untouched</source>
        <translation>
            <numerusform>%Ln failed; the originals are untouched</numerusform>
            <numerusform>%Ln failed; the originals are untouched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try %Ln photo(s) again</source>
        <translation>
            <numerusform>Try %Ln photo again</numerusform>
            <numerusform>Try %Ln photos again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln photo as before</numerusform>
            <numerusform>%Ln photos as before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone</source>
        <translation>
            <numerusform>%Ln left alone</numerusform>
            <numerusform>%Ln left alone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln landmark</numerusform>
            <numerusform>%Ln landmarks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
</TS>

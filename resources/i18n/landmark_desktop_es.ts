<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Landmark Desktop</source>
        <translation>Acerca de Landmark Desktop</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licencias</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Copiar diagnóstico</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Recognises landmarks in photos on this computer, and writes the places into their metadata.</source>
        <translation>Reconoce monumentos en las fotos de este ordenador y escribe los lugares en sus metadatos.</translation>
    </message>
    <message>
        <source>It opens no network connection: nothing ever leaves this computer.</source>
        <translation>No abre ninguna conexión de red: nada sale de este ordenador.</translation>
    </message>
    <message>
        <source>Model bundle: {0} {1}, {2}</source>
        <translation>Modelo: {0} {1}, {2}</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>El modelo se está cargando…</translation>
    </message>
    <message>
        <source>Library: {0}</source>
        <translation>Biblioteca: {0}</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Software libre bajo la GNU General Public License, versión 3 o posterior.</translation>
    </message>
    <message>
        <source>Built on Qt (LGPL 3), ONNX Runtime (MIT), Exiv2 (GPL 2 or later), Pillow (MIT-CMU),</source>
        <translation>Construido sobre Qt (LGPL 3), ONNX Runtime (MIT), Exiv2 (GPL 2 o posterior), Pillow (MIT-CMU),</translation>
    </message>
    <message>
        <source>libheif (LGPL 3), NumPy (BSD) and platformdirs (MIT).</source>
        <translation>libheif (LGPL 3), NumPy (BSD) y platformdirs (MIT).</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Ay&amp;uda</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Carpetas recientes</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Grupos</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Abrir carpeta…</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>Abrir archivos…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Write reviewed photos with their places to a file for maps and spreadsheets</source>
        <translation>Escribir las fotos revisadas con sus lugares en un archivo para mapas y hojas de cálculo</translation>
    </message>
    <message>
        <source>Organise photos…</source>
        <translation>Organizar fotos…</translation>
    </message>
    <message>
        <source>Copy or move photos into folders by place and date</source>
        <translation>Copiar o mover fotos a carpetas por lugar y fecha</translation>
    </message>
    <message>
        <source>Pause classifying</source>
        <translation>Pausar el reconocimiento</translation>
    </message>
    <message>
        <source>Continue classifying</source>
        <translation>Continuar el reconocimiento</translation>
    </message>
    <message>
        <source>Cancel classifying</source>
        <translation>Cancelar el reconocimiento</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Undo review</source>
        <translation>Deshacer respuesta</translation>
    </message>
    <message>
        <source>Redo review</source>
        <translation>Rehacer respuesta</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy the selected photos: as files, or their paths as text</source>
        <translation>Copiar las fotos seleccionadas: como archivos, o sus rutas como texto</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Seleccionar todo</translation>
    </message>
    <message>
        <source>Runs…</source>
        <translation>Escrituras…</translation>
    </message>
    <message>
        <source>What was written into files, and how to take it back</source>
        <translation>Lo que se escribió en archivos, y cómo deshacerlo</translation>
    </message>
    <message>
        <source>Model bundles…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>Which landmarks the model knows, and how to install another one</source>
        <translation>Qué monumentos conoce el modelo, y cómo instalar otro</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Preferencias…</translation>
    </message>
    <message>
        <source>Accept and go on</source>
        <translation>Aceptar y seguir</translation>
    </message>
    <message>
        <source>Accept the first guess of the selected photos</source>
        <translation>Aceptar la primera propuesta de las fotos seleccionadas</translation>
    </message>
    <message>
        <source>No landmark</source>
        <translation>Ningún monumento</translation>
    </message>
    <message>
        <source>Accept another guess</source>
        <translation>Aceptar otra propuesta</translation>
    </message>
    <message>
        <source>First guess</source>
        <translation>Primera propuesta</translation>
    </message>
    <message>
        <source>Second guess</source>
        <translation>Segunda propuesta</translation>
    </message>
    <message>
        <source>Third guess</source>
        <translation>Tercera propuesta</translation>
    </message>
    <message>
        <source>Fourth guess</source>
        <translation>Cuarta propuesta</translation>
    </message>
    <message>
        <source>Fifth guess</source>
        <translation>Quinta propuesta</translation>
    </message>
    <message>
        <source>Find landmark…</source>
        <translation>Buscar monumento…</translation>
    </message>
    <message>
        <source>Accept any landmark by its name</source>
        <translation>Aceptar cualquier monumento por su nombre</translation>
    </message>
    <message>
        <source>Taken here</source>
        <translation>Tomada aquí</translation>
    </message>
    <message>
        <source>Also write the landmark&apos;s position as the estimated position of the camera</source>
        <translation>Escribir también la posición del monumento como posición estimada de la cámara</translation>
    </message>
    <message>
        <source>Clear answer</source>
        <translation>Borrar respuesta</translation>
    </message>
    <message>
        <source>Accept all shown that are Landmark</source>
        <translation>Aceptar todas las mostradas que son «Monumento»</translation>
    </message>
    <message>
        <source>Accept the first guess of every photo in the grid whose verdict is Landmark</source>
        <translation>Aceptar la primera propuesta de cada foto mostrada cuyo veredicto es «Monumento»</translation>
    </message>
    <message>
        <source>Accept group and go on</source>
        <translation>Aceptar el grupo y seguir</translation>
    </message>
    <message>
        <source>Accept the first guesses of the current photo&apos;s group that wait for an answer</source>
        <translation>Aceptar las primeras propuestas del grupo de la foto actual que esperan respuesta</translation>
    </message>
    <message>
        <source>Write places…</source>
        <translation>Escribir lugares…</translation>
    </message>
    <message>
        <source>Preview what will be written into the photos&apos; metadata</source>
        <translation>Vista previa de lo que se escribirá en los metadatos de las fotos</translation>
    </message>
    <message>
        <source>Read places from files</source>
        <translation>Leer lugares de los archivos</translation>
    </message>
    <message>
        <source>Take over what the photos and their sidecars say, ours or other programs&apos;</source>
        <translation>Tomar lo que dicen las fotos y sus archivos sidecar, nuestros o de otros programas</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>Mostrar en el gestor de archivos</translation>
    </message>
    <message>
        <source>Show the selected photos in their folder</source>
        <translation>Mostrar las fotos seleccionadas en su carpeta</translation>
    </message>
    <message>
        <source>Open in other program</source>
        <translation>Abrir en otro programa</translation>
    </message>
    <message>
        <source>Open the current photo in the program that your system uses for such files</source>
        <translation>Abrir la foto actual en el programa que su sistema usa para esos archivos</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Todas las fotos</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Monumento</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Dudoso</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Errores</translation>
    </message>
    <message>
        <source>Folder and name</source>
        <translation>Carpeta y nombre</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Fecha de la toma</translation>
    </message>
    <message>
        <source>Most confident first</source>
        <translation>Las más seguras primero</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Las menos seguras primero</translation>
    </message>
    <message>
        <source>By landmark</source>
        <translation>Por monumento</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Sin grupos</translation>
    </message>
    <message>
        <source>By place</source>
        <translation>Por lugar</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Por día</translation>
    </message>
    <message>
        <source>Collapse or open group</source>
        <translation>Contraer o abrir grupo</translation>
    </message>
    <message>
        <source>Show only the name of the current photo&apos;s group, or its photos again</source>
        <translation>Mostrar solo el nombre del grupo de la foto actual, o de nuevo sus fotos</translation>
    </message>
    <message>
        <source>Collapse or open all groups</source>
        <translation>Contraer o abrir todos los grupos</translation>
    </message>
    <message>
        <source>Show only the names of all groups, or their photos again</source>
        <translation>Mostrar solo los nombres de todos los grupos, o de nuevo sus fotos</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Barra lateral</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Mapa</translation>
    </message>
    <message>
        <source>Where in the world the photos were taken</source>
        <translation>Dónde del mundo se tomaron las fotos</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Large preview</source>
        <translation>Vista grande</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>Show in colours what in the photo speaks for its landmark</source>
        <translation>Mostrar en colores qué de la foto habla por su monumento</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Acercar</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Alejar</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Foto completa</translation>
    </message>
    <message>
        <source>Photo&apos;s own pixels, or whole photo</source>
        <translation>Píxeles propios de la foto, o foto completa</translation>
    </message>
    <message>
        <source>Back to all photos</source>
        <translation>Volver a todas las fotos</translation>
    </message>
    <message>
        <source>Larger tiles</source>
        <translation>Miniaturas más grandes</translation>
    </message>
    <message>
        <source>Smaller tiles</source>
        <translation>Miniaturas más pequeñas</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>Guided tour</source>
        <translation>Visita guiada</translation>
    </message>
    <message>
        <source>The window in three steps</source>
        <translation>La ventana en tres pasos</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Copiar diagnóstico</translation>
    </message>
    <message>
        <source>Versions and settings for a report of a problem; they name no photo, no folder</source>
        <translation>Versiones y preferencias para informar de un problema; sin nombres de fotos ni carpetas</translation>
    </message>
    <message>
        <source>About Landmark Desktop</source>
        <translation>Acerca de Landmark Desktop</translation>
    </message>
</context>
<context>
    <name>BundleView</name>
    <message>
        <source>Model card</source>
        <translation>Ficha del modelo</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Resumen</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Monumentos</translation>
    </message>
    <message>
        <source>Lies in</source>
        <translation>Está en</translation>
    </message>
    <message>
        <source>This bundle has no model card.</source>
        <translation>Este modelo no tiene ficha.</translation>
    </message>
    <message>
        <source>First guess is right</source>
        <translation>La primera propuesta acierta</translation>
    </message>
    <message>
        <source>Photos called recognised that are right</source>
        <translation>Fotos dadas por reconocidas que son correctas</translation>
    </message>
    <message>
        <source>Photos of its landmarks that are recognised</source>
        <translation>Fotos de sus monumentos que se reconocen</translation>
    </message>
    <message>
        <source>Photos of no landmark that are called recognised</source>
        <translation>Fotos sin monumento dadas por reconocidas</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>Medido con</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) it was not trained with</source>
        <translation>
            <numerusform>%Ln foto con la que no se entrenó</numerusform>
            <numerusform>%Ln fotos con las que no se entrenó</numerusform>
        </translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versión</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>Creado el</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licencia</translation>
    </message>
    <message numerus="yes">
        <source>%Ln, all of them with a place that can be written</source>
        <translation>
            <numerusform>%Ln, con un lugar que se puede escribir</numerusform>
            <numerusform>%Ln, todos con un lugar que se puede escribir</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, {1} of them with a place that can be written</source>
        <translation>{0}, {1} de ellos con un lugar que se puede escribir</translation>
    </message>
</context>
<context>
    <name>BundlesDialog</name>
    <message>
        <source>Model bundles</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Drop the folder or the zip of a bundle here, or choose it below. It is checked first.</source>
        <translation>Suelte aquí la carpeta o el zip de un modelo, o elíjalo abajo. Primero se comprueba.</translation>
    </message>
    <message>
        <source>The bundle is being checked</source>
        <translation>Se está comprobando el modelo</translation>
    </message>
    <message>
        <source>Install folder…</source>
        <translation>Instalar carpeta…</translation>
    </message>
    <message>
        <source>Install zip…</source>
        <translation>Instalar zip…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Use this bundle</source>
        <translation>Usar este modelo</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>en uso</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>incluido en el programa</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>no se puede usar</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>instalado</translation>
    </message>
    <message>
        <source>Install a model bundle</source>
        <translation>Instalar un modelo</translation>
    </message>
    <message>
        <source>Bundles (*.zip)</source>
        <translation>Modelos (*.zip)</translation>
    </message>
    <message>
        <source>Checking {0}…</source>
        <translation>Comprobando {0}…</translation>
    </message>
    <message>
        <source>Trying whether the model of {0} runs…</source>
        <translation>Probando si el modelo {0} funciona…</translation>
    </message>
    <message>
        <source>Installed. Choose “Use this bundle” to classify with it.</source>
        <translation>Instalado. Elija «Usar este modelo» para reconocer con él.</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Quitado.</translation>
    </message>
    <message>
        <source>In use. The photos that are open are classified anew; your answers stay.</source>
        <translation>En uso. Las fotos abiertas se reconocen de nuevo; sus respuestas se conservan.</translation>
    </message>
</context>
<context>
    <name>ConfirmMany</name>
    <message>
        <source>Accept all</source>
        <translation>Aceptar todas</translation>
    </message>
    <message numerus="yes">
        <source>Accept the first guess of %Ln photo(s)?</source>
        <translation>
            <numerusform>¿Aceptar la primera propuesta de %Ln foto?</numerusform>
            <numerusform>¿Aceptar la primera propuesta de %Ln fotos?</numerusform>
        </translation>
    </message>
    <message>
        <source>These are all photos in the grid whose verdict is Landmark. U takes it back.</source>
        <translation>Son todas las fotos mostradas cuyo veredicto es «Monumento». U lo deshace.</translation>
    </message>
    <message>
        <source>Accept {0}</source>
        <translation>Aceptar {0}</translation>
    </message>
</context>
<context>
    <name>ConfirmReplacing</name>
    <message>
        <source>Replace GPS</source>
        <translation>Reemplazar GPS</translation>
    </message>
    <message>
        <source>Replace the GPS of {0}?</source>
        <translation>¿Reemplazar el GPS de {0}?</translation>
    </message>
    <message>
        <source>The photo’s own position is {0} from {1}. When the place is written, the landmark’s position takes its place, marked as an estimate. This holds for this photo only; undoing the run brings the old position back.</source>
        <translation>La posición propia de la foto está a {0} de {1}. Cuando se escriba el lugar, la posición del monumento ocupará su sitio, marcada como estimación. Vale solo para esta foto; deshacer la escritura devuelve la posición anterior.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Reemplazar</translation>
    </message>
    <message>
        <source>Keep GPS</source>
        <translation>Conservar GPS</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Algo ha fallado</translation>
    </message>
    <message>
        <source>This is a mistake in the program, not yours.</source>
        <translation>Es un error del programa, no suyo.</translation>
    </message>
    <message>
        <source>Your photos and reviews are safe. The report below and the log help to mend it:
{0}</source>
        <translation>Sus fotos y respuestas están a salvo. El informe de abajo y el registro ayudan a corregirlo:
{0}</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copiar informe</translation>
    </message>
    <message>
        <source>Open the log&apos;s folder</source>
        <translation>Abrir la carpeta del registro</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Copied: versions and settings, no names of photos or folders.</source>
        <translation>Copiado: versiones y preferencias, sin nombres de fotos ni carpetas.</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to open</source>
        <translation>Suelte para abrir</translation>
    </message>
</context>
<context>
    <name>Emptiness</name>
    <message numerus="yes">
        <source>%Ln more folder(s) and file(s) could not be read.</source>
        <translation>
            <numerusform>%Ln carpeta o archivo más no se pudo leer.</numerusform>
            <numerusform>%Ln carpetas y archivos más no se pudieron leer.</numerusform>
        </translation>
    </message>
    <message>
        <source>The program&apos;s log lists all of them.</source>
        <translation>El registro del programa los nombra todos.</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Mostrar todas las fotos</translation>
    </message>
    <message>
        <source>No photo matches</source>
        <translation>Ninguna foto coincide</translation>
    </message>
    <message>
        <source>Choose another filter, or search for something else.</source>
        <translation>Elija otro filtro o busque otra cosa.</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Buscando fotos…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>Aquí no hay fotos</translation>
    </message>
    <message>
        <source>JPEG, HEIC, AVIF, PNG, TIFF, WebP and raw files are found, also in subfolders.</source>
        <translation>Se encuentran archivos JPEG, HEIC, AVIF, PNG, TIFF, WebP y RAW, también en subcarpetas.</translation>
    </message>
    <message>
        <source>Open another folder</source>
        <translation>Abrir otra carpeta</translation>
    </message>
    <message numerus="yes">
        <source>None of the %Ln photo(s) shows a landmark that the model knows</source>
        <translation>
            <numerusform>%Ln foto no muestra ningún monumento que el modelo conozca</numerusform>
            <numerusform>Ninguna de las %Ln fotos muestra un monumento que el modelo conozca</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It knows %Ln landmark(s). Most photos show none of them; that is fine.</source>
        <translation>
            <numerusform>Conoce %Ln monumento. La mayoría de las fotos no lo muestran; es normal.</numerusform>
            <numerusform>Conoce %Ln monumentos. La mayoría de las fotos no muestran ninguno; es normal.</numerusform>
        </translation>
    </message>
    <message>
        <source>Which ones?</source>
        <translation>¿Cuáles?</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>{name} is empty (0 bytes).</source>
        <translation>{name} está vacío (0 bytes).</translation>
    </message>
    <message>
        <source>Copy the file again from the camera or a backup.</source>
        <translation>Copie de nuevo el archivo desde la cámara o una copia de seguridad.</translation>
    </message>
    <message>
        <source>{name} is no longer there.</source>
        <translation>{name} ya no está.</translation>
    </message>
    <message>
        <source>Reconnect the drive, or open the folder the file was moved to.</source>
        <translation>Conecte de nuevo la unidad, o abra la carpeta a la que se movió el archivo.</translation>
    </message>
    <message>
        <source>No permission to read {name}.</source>
        <translation>Sin permiso para leer {name}.</translation>
    </message>
    <message>
        <source>Give yourself read permission for the file, then open the folder again.</source>
        <translation>Dese permiso de lectura para el archivo y abra de nuevo la carpeta.</translation>
    </message>
    <message>
        <source>{name} could not be read: {reason}.</source>
        <translation>{name} no se pudo leer: {reason}.</translation>
    </message>
    <message>
        <source>Check the drive and its cable, then open the folder again.</source>
        <translation>Compruebe la unidad y su cable, y abra de nuevo la carpeta.</translation>
    </message>
    <message>
        <source>{name} was changed by another program since it was read.</source>
        <translation>Otro programa cambió {name} desde que se leyó.</translation>
    </message>
    <message>
        <source>Open the folder again, check the photo, and tag it once more.</source>
        <translation>Abra de nuevo la carpeta, compruebe la foto y escriba el lugar otra vez.</translation>
    </message>
    <message>
        <source>{name} is not a photo, although its name says so.</source>
        <translation>{name} no es una foto, aunque su nombre lo diga.</translation>
    </message>
    <message>
        <source>Rename or remove the file; its content is of another kind.</source>
        <translation>Cambie el nombre del archivo o quítelo; su contenido es de otro tipo.</translation>
    </message>
    <message>
        <source>{name} is cut off: the end of the file is missing.</source>
        <translation>{name} está cortado: falta el final del archivo.</translation>
    </message>
    <message>
        <source>{name} is damaged: {reason}.</source>
        <translation>{name} está dañado: {reason}.</translation>
    </message>
    <message>
        <source>{name} has {width} × {height} pixels ({megapixels} megapixels); the limit is {limit} megapixels.</source>
        <translation>{name} tiene {width} × {height} píxeles ({megapixels} megapíxeles); el límite es de {limit} megapíxeles.</translation>
    </message>
    <message>
        <source>Make a smaller copy of the picture and open that.</source>
        <translation>Haga una copia más pequeña de la imagen y ábrala.</translation>
    </message>
    <message>
        <source>{name} needs more memory than one photo may take ({limit} MB) or than there is.</source>
        <translation>{name} necesita más memoria de la que puede ocupar una foto ({limit} MB) o de la que hay.</translation>
    </message>
    <message>
        <source>Close other programs and open the folder again, or make a smaller copy of the picture and open that.</source>
        <translation>Cierre otros programas y abra de nuevo la carpeta, o haga una copia más pequeña de la imagen y ábrala.</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is {reason}.</source>
        <translation>{name} no se puede leer: es {reason}.</translation>
    </message>
    <message>
        <source>Convert it to JPEG, TIFF or DNG with the program or the camera maker&apos;s software that made it.</source>
        <translation>Conviértalo a JPEG, TIFF o DNG con el programa o el software del fabricante de la cámara que lo hizo.</translation>
    </message>
    <message>
        <source>{name} was changed while it was being read.</source>
        <translation>{name} cambió mientras se leía.</translation>
    </message>
    <message>
        <source>Wait until it is copied or saved completely, then open the folder again.</source>
        <translation>Espere a que se haya copiado o guardado del todo y abra de nuevo la carpeta.</translation>
    </message>
    <message>
        <source>The decoder broke down on {name} ({reason}).</source>
        <translation>El decodificador falló con {name} ({reason}).</translation>
    </message>
    <message>
        <source>Copy the file again from the camera or a backup; if that does not help, convert it to JPEG or TIFF.</source>
        <translation>Copie de nuevo el archivo desde la cámara o una copia de seguridad; si no ayuda, conviértalo a JPEG o TIFF.</translation>
    </message>
    <message>
        <source>{name} was not decoded within {seconds} seconds, so it was given up.</source>
        <translation>{name} no se decodificó en {seconds} segundos y se abandonó.</translation>
    </message>
    <message>
        <source>Open the folder again when the computer and the drive are less busy; else copy the file from a backup.</source>
        <translation>Abra de nuevo la carpeta cuando el ordenador y la unidad estén menos ocupados; si no, copie el archivo desde una copia de seguridad.</translation>
    </message>
    <message>
        <source>{name} cannot be shown, so you see {other} in its place.</source>
        <translation>{name} no se puede mostrar, por eso ve {other} en su lugar.</translation>
    </message>
    <message>
        <source>Copy {name} again from the camera or a backup; the photo can be used meanwhile.</source>
        <translation>Copie {name} de nuevo desde la cámara o una copia de seguridad; mientras tanto la foto se puede usar.</translation>
    </message>
    <message>
        <source>The folder {name} cannot be read: {reason}.</source>
        <translation>La carpeta {name} no se puede leer: {reason}.</translation>
    </message>
    <message>
        <source>Give yourself permission to read the folder, or open another one.</source>
        <translation>Dese permiso para leer la carpeta, o abra otra.</translation>
    </message>
    <message>
        <source>The folder {name} is not there.</source>
        <translation>La carpeta {name} no está.</translation>
    </message>
    <message>
        <source>Reconnect the drive or check the name.</source>
        <translation>Conecte de nuevo la unidad o compruebe el nombre.</translation>
    </message>
    <message>
        <source>The link {name} leads back to a folder that holds it, so it was not followed.</source>
        <translation>El enlace {name} vuelve a una carpeta que lo contiene, por eso no se siguió.</translation>
    </message>
    <message>
        <source>Remove the link if it is there by mistake; all photos are shown once.</source>
        <translation>Quite el enlace si está ahí por error; todas las fotos se muestran una vez.</translation>
    </message>
    <message>
        <source>The drive that holds {name} is not connected; its photos are shown from the library.</source>
        <translation>La unidad que contiene {name} no está conectada; sus fotos se muestran desde la biblioteca.</translation>
    </message>
    <message>
        <source>Connect the drive: the photos come back by themselves.</source>
        <translation>Conecte la unidad: las fotos vuelven por sí solas.</translation>
    </message>
    <message>
        <source>No model bundle was found at {name}.</source>
        <translation>No se encontró ningún modelo en {name}.</translation>
    </message>
    <message>
        <source>Choose a folder or zip that holds model.onnx and bundle.json, or reinstall the program.</source>
        <translation>Elija una carpeta o un zip que contenga model.onnx y bundle.json, o reinstale el programa.</translation>
    </message>
    <message>
        <source>The model bundle {name} cannot be read: {reason}.</source>
        <translation>El modelo {name} no se puede leer: {reason}.</translation>
    </message>
    <message>
        <source>Copy or download the bundle again.</source>
        <translation>Copie o descargue de nuevo el modelo.</translation>
    </message>
    <message>
        <source>The model bundle {name} does not follow the bundle format: {reason}.</source>
        <translation>El modelo {name} no sigue el formato previsto: {reason}.</translation>
    </message>
    <message>
        <source>Export the bundle again with a matching version of landmark-trainer.</source>
        <translation>Exporte de nuevo el modelo con una versión adecuada de landmark-trainer.</translation>
    </message>
    <message>
        <source>The model bundle {name} was changed or damaged: {file} does not have the hash that bundle.json states.</source>
        <translation>El modelo {name} fue cambiado o está dañado: {file} no tiene la huella que indica bundle.json.</translation>
    </message>
    <message>
        <source>Copy or download the bundle again; do not use a bundle you cannot trust.</source>
        <translation>Copie o descargue de nuevo el modelo; no use un modelo en el que no pueda confiar.</translation>
    </message>
    <message>
        <source>The model in bundle {name} does not fit its description: {reason}.</source>
        <translation>La red del modelo {name} no corresponde a su descripción: {reason}.</translation>
    </message>
    <message>
        <source>Export the bundle again with landmark-trainer.</source>
        <translation>Exporte de nuevo el modelo con landmark-trainer.</translation>
    </message>
    <message>
        <source>The model in bundle {name} cannot be loaded: {reason}.</source>
        <translation>La red del modelo {name} no se puede cargar: {reason}.</translation>
    </message>
    <message>
        <source>Export the bundle again with landmark-trainer, or choose another bundle.</source>
        <translation>Exporte de nuevo el modelo con landmark-trainer, o elija otro.</translation>
    </message>
    <message>
        <source>The model bundle {name} was refused: {reason}.</source>
        <translation>El modelo {name} fue rechazado: {reason}.</translation>
    </message>
    <message>
        <source>Use another bundle, or ask its maker for one that landmark-trainer exported.</source>
        <translation>Use otro modelo, o pida a su autor uno exportado con landmark-trainer.</translation>
    </message>
    <message>
        <source>The model bundle {name} could not be installed or removed: {reason}.</source>
        <translation>El modelo {name} no se pudo instalar o quitar: {reason}.</translation>
    </message>
    <message>
        <source>Make room and give yourself permission to write in the folder of bundles, then try again.</source>
        <translation>Haga sitio, dese permiso de escritura en la carpeta de los modelos y reinténtelo.</translation>
    </message>
    <message>
        <source>{provider} cannot be used on this computer: {reason}.</source>
        <translation>{provider} no se puede usar en este ordenador: {reason}.</translation>
    </message>
    <message>
        <source>Choose the provider &apos;auto&apos; or &apos;cpu&apos;, or install what is missing.</source>
        <translation>Elija la ejecución «auto» o «cpu», o instale lo que falta.</translation>
    </message>
    <message>
        <source>The model failed on {name}: {reason}.</source>
        <translation>El modelo falló con {name}: {reason}.</translation>
    </message>
    <message>
        <source>Try a smaller batch size or the provider &apos;cpu&apos;.</source>
        <translation>Pruebe con un lote más pequeño o la ejecución «cpu».</translation>
    </message>
    <message>
        <source>There was not enough memory to recognise {name} ({reason}).</source>
        <translation>No hubo memoria suficiente para reconocer {name} ({reason}).</translation>
    </message>
    <message>
        <source>Close other programs, then open the folder again.</source>
        <translation>Cierre otros programas y abra de nuevo la carpeta.</translation>
    </message>
    <message>
        <source>The library {name} was made by a newer version of Landmark Desktop (schema {found}; this one knows {known}).</source>
        <translation>La biblioteca {name} es de una versión más nueva de Landmark Desktop (esquema {found}; esta conoce {known}).</translation>
    </message>
    <message>
        <source>Install the newer version; your library was left untouched.</source>
        <translation>Instale la versión más nueva; su biblioteca quedó intacta.</translation>
    </message>
    <message>
        <source>The library {name} is in use by another program.</source>
        <translation>Otro programa está usando la biblioteca {name}.</translation>
    </message>
    <message>
        <source>Close the other window of Landmark Desktop and try again.</source>
        <translation>Cierre la otra ventana de Landmark Desktop y reinténtelo.</translation>
    </message>
    <message>
        <source>{name} is a database of another program, so it was left untouched.</source>
        <translation>{name} es la base de datos de otro programa, por eso quedó intacta.</translation>
    </message>
    <message>
        <source>Choose another place for the library.</source>
        <translation>Elija otro sitio para la biblioteca.</translation>
    </message>
    <message>
        <source>The library {name} is damaged.</source>
        <translation>La biblioteca {name} está dañada.</translation>
    </message>
    <message>
        <source>Close Landmark Desktop and start it again: then what the library holds is recovered.</source>
        <translation>Cierre Landmark Desktop y ábralo de nuevo: entonces se recupera lo que contiene la biblioteca.</translation>
    </message>
    <message>
        <source>The library {name} was damaged. All reviews and runs were recovered into a new one (reviews: {reviews}, tagged files: {writes}, photos: {photos}); the damaged one was kept as {aside}.</source>
        <translation>La biblioteca {name} estaba dañada. Todas las respuestas y escrituras se recuperaron en una nueva (respuestas: {reviews}, archivos escritos: {writes}, fotos: {photos}); la dañada se conserva como {aside}.</translation>
    </message>
    <message>
        <source>Open your folders again: photos that are missing are recognised anew.</source>
        <translation>Abra de nuevo sus carpetas: las fotos que falten se reconocen otra vez.</translation>
    </message>
    <message>
        <source>The library {name} was damaged, and some reviews or runs cannot be read. The others were recovered into a new one (reviews: {reviews}, tagged files: {writes}, photos: {photos}); the damaged one was kept as {aside}.</source>
        <translation>La biblioteca {name} estaba dañada, y algunas respuestas o escrituras no se pueden leer. Las demás se recuperaron en una nueva (respuestas: {reviews}, archivos escritos: {writes}, fotos: {photos}); la dañada se conserva como {aside}.</translation>
    </message>
    <message>
        <source>Open your folders again and choose &apos;Read places from files&apos;: places that were written into photos come back as reviews.</source>
        <translation>Abra de nuevo sus carpetas y elija «Leer lugares de los archivos»: los lugares escritos en las fotos vuelven como respuestas.</translation>
    </message>
    <message>
        <source>The library {name} had lost its latest entries; they were recovered from its safety copy (reviews: {reviews}, tagged files: {writes}).</source>
        <translation>La biblioteca {name} había perdido sus últimas entradas; se recuperaron de su copia de seguridad (respuestas: {reviews}, archivos escritos: {writes}).</translation>
    </message>
    <message>
        <source>There is nothing to do. If it happens again, check the disk that holds the library.</source>
        <translation>No hay que hacer nada. Si vuelve a ocurrir, compruebe el disco que contiene la biblioteca.</translation>
    </message>
    <message>
        <source>The library {name} cannot be written: {reason}.</source>
        <translation>La biblioteca {name} no se puede escribir: {reason}.</translation>
    </message>
    <message>
        <source>Free some disk space or give yourself write permission for its folder.</source>
        <translation>Libere espacio en el disco o dese permiso de escritura para su carpeta.</translation>
    </message>
    <message>
        <source>No permission to write {name}.</source>
        <translation>Sin permiso para escribir {name}.</translation>
    </message>
    <message>
        <source>Make the folder and the file writable, then tag the photo again.</source>
        <translation>Permita escribir en la carpeta y el archivo, y escriba de nuevo el lugar.</translation>
    </message>
    <message>
        <source>The disk that holds {name} is full.</source>
        <translation>El disco que contiene {name} está lleno.</translation>
    </message>
    <message>
        <source>Free some space, then tag the photo again.</source>
        <translation>Libere espacio y escriba de nuevo el lugar.</translation>
    </message>
    <message>
        <source>{name} could not be written: {reason}. The original is untouched.</source>
        <translation>{name} no se pudo escribir: {reason}. El original está intacto.</translation>
    </message>
    <message>
        <source>Check the drive, then tag the photo again.</source>
        <translation>Compruebe la unidad y escriba de nuevo el lugar.</translation>
    </message>
    <message>
        <source>What was written to {name} did not read back the same ({reason}). The original is untouched.</source>
        <translation>Lo escrito en {name} no se releyó igual ({reason}). El original está intacto.</translation>
    </message>
    <message>
        <source>Please report this file&apos;s format as a bug; tag it with a sidecar meanwhile.</source>
        <translation>Informe del formato de este archivo como error; mientras tanto, escriba el lugar en un sidecar.</translation>
    </message>
    <message>
        <source>Places cannot be embedded into {name} ({reason}).</source>
        <translation>Los lugares no se pueden incrustar en {name} ({reason}).</translation>
    </message>
    <message>
        <source>Use sidecars for this kind of file.</source>
        <translation>Use archivos sidecar para este tipo de archivo.</translation>
    </message>
    <message>
        <source>The sidecar {name} is not valid XMP, so nothing can be merged into it safely.</source>
        <translation>El sidecar {name} no es XMP válido, por eso no se le puede añadir nada con seguridad.</translation>
    </message>
    <message>
        <source>Repair or move the sidecar, then tag the photo again.</source>
        <translation>Repare o mueva el sidecar y escriba de nuevo el lugar.</translation>
    </message>
    <message>
        <source>The metadata of {name} cannot be read: {reason}.</source>
        <translation>Los metadatos de {name} no se pueden leer: {reason}.</translation>
    </message>
    <message>
        <source>Check the file with its camera maker&apos;s software; the picture itself may be fine.</source>
        <translation>Compruebe el archivo con el software del fabricante de la cámara; la imagen misma puede estar bien.</translation>
    </message>
    <message>
        <source>{name} was changed since it was tagged, so undo left it alone.</source>
        <translation>{name} cambió desde que se escribió el lugar, por eso deshacer lo dejó como está.</translation>
    </message>
    <message>
        <source>Undo it once more and let only what Landmark Desktop wrote be removed, or remove the place by hand.</source>
        <translation>Deshaga otra vez y deje que se quite solo lo que escribió Landmark Desktop, o quite el lugar a mano.</translation>
    </message>
    <message>
        <source>{name} was changed since the tag was taken back, so it was left alone.</source>
        <translation>{name} cambió desde que se deshizo la escritura, por eso quedó como está.</translation>
    </message>
    <message>
        <source>Tag the photo once more.</source>
        <translation>Escriba el lugar otra vez.</translation>
    </message>
    <message>
        <source>There is no run {run} that can be undone.</source>
        <translation>No hay ninguna escritura {run} que se pueda deshacer.</translation>
    </message>
    <message>
        <source>List the runs with &apos;landmark-desktop runs&apos;.</source>
        <translation>Liste las escrituras con «landmark-desktop runs».</translation>
    </message>
    <message>
        <source>There is no run {run} of which something was undone that can be written again.</source>
        <translation>No hay ninguna escritura {run} con algo deshecho que se pueda escribir de nuevo.</translation>
    </message>
    <message>
        <source>{name} is no photo of the run {run}.</source>
        <translation>{name} no es una foto de la escritura {run}.</translation>
    </message>
    <message>
        <source>Give the path of the photo or of its sidecar, as it was when the run wrote it.</source>
        <translation>Dé la ruta de la foto o de su sidecar, tal como era al escribir.</translation>
    </message>
    <message>
        <source>The sidecar {sidecar} of {name} also serves {other}, which shows another landmark.</source>
        <translation>El sidecar {sidecar} de {name} sirve también a {other}, que muestra otro monumento.</translation>
    </message>
    <message>
        <source>Let sidecars have the full name of their photo (Settings), or embed the place in one of the two.</source>
        <translation>Haga que los sidecar lleven el nombre completo de su foto (Preferencias), o incruste el lugar en una de las dos.</translation>
    </message>
    <message>
        <source>The landmark {landmark} has no location in this bundle, so there is nothing to write.</source>
        <translation>El monumento {landmark} no tiene lugar en este modelo, por eso no hay nada que escribir.</translation>
    </message>
    <message>
        <source>Add its place to the landmark table and export the bundle again.</source>
        <translation>Añada su lugar a la tabla de monumentos y exporte de nuevo el modelo.</translation>
    </message>
    <message>
        <source>The template for folders cannot be used: {reason}.</source>
        <translation>La plantilla de carpetas no se puede usar: {reason}.</translation>
    </message>
    <message>
        <source>Put fields into braces, as in the template that the program suggests.</source>
        <translation>Ponga los campos entre llaves, como en la plantilla que propone el programa.</translation>
    </message>
    <message>
        <source>{name} was not touched: the folder {folder} is a link that leads out of the chosen folder.</source>
        <translation>{name} no se tocó: la carpeta {folder} es un enlace que sale de la carpeta elegida.</translation>
    </message>
    <message>
        <source>Remove the link, or choose the folder it leads to.</source>
        <translation>Quite el enlace, o elija la carpeta a la que lleva.</translation>
    </message>
    <message>
        <source>{name} was not touched: another file has taken its place meanwhile.</source>
        <translation>{name} no se tocó: otro archivo ocupó su sitio entretanto.</translation>
    </message>
    <message>
        <source>Rename or move that file, then try again.</source>
        <translation>Cambie el nombre de ese archivo o muévalo, y reinténtelo.</translation>
    </message>
    <message>
        <source>{name} is a link to a file elsewhere, so it was not moved.</source>
        <translation>{name} es un enlace a un archivo de otro sitio, por eso no se movió.</translation>
    </message>
    <message>
        <source>Copy the photo instead, or move the file that the link leads to.</source>
        <translation>Copie la foto en su lugar, o mueva el archivo al que lleva el enlace.</translation>
    </message>
    <message>
        <source>No permission to copy or move {name}.</source>
        <translation>Sin permiso para copiar o mover {name}.</translation>
    </message>
    <message>
        <source>Make both folders and the file writable, then try again.</source>
        <translation>Permita escribir en ambas carpetas y el archivo, y reinténtelo.</translation>
    </message>
    <message>
        <source>There is no room for {name} on the disk of the chosen folder. The original is where it was.</source>
        <translation>No hay sitio para {name} en el disco de la carpeta elegida. El original sigue donde estaba.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Libere espacio y reinténtelo.</translation>
    </message>
    <message>
        <source>{name} could not be copied or moved: {reason}. The original is where it was.</source>
        <translation>{name} no se pudo copiar o mover: {reason}. El original sigue donde estaba.</translation>
    </message>
    <message>
        <source>Check the drives, then try again.</source>
        <translation>Compruebe las unidades y reinténtelo.</translation>
    </message>
    <message>
        <source>The copy of {name} did not read back the same, so it was removed. The original is where it was.</source>
        <translation>La copia de {name} no se releyó igual y se quitó. El original sigue donde estaba.</translation>
    </message>
    <message>
        <source>Check the drive for errors before you use it any further.</source>
        <translation>Busque errores en la unidad antes de seguir usándola.</translation>
    </message>
    <message>
        <source>{name} was changed since the preview, so it was left where it is.</source>
        <translation>{name} cambió desde la vista previa, por eso quedó donde está.</translation>
    </message>
    <message>
        <source>Organise the photo again.</source>
        <translation>Organice la foto de nuevo.</translation>
    </message>
    <message>
        <source>The copy {name} was changed since it was made, so undo left it alone.</source>
        <translation>La copia {name} cambió desde que se hizo, por eso deshacer la dejó como está.</translation>
    </message>
    <message>
        <source>Remove it by hand if you no longer need it; the original is untouched.</source>
        <translation>Quítela a mano si ya no la necesita; el original está intacto.</translation>
    </message>
    <message>
        <source>{name} is in its new place, but the original could not be removed: {reason}.</source>
        <translation>{name} está en su nuevo sitio, pero el original no se pudo quitar: {reason}.</translation>
    </message>
    <message>
        <source>Remove the original by hand; both are the same.</source>
        <translation>Quite el original a mano; los dos son iguales.</translation>
    </message>
    <message>
        <source>The file {name} could not be written: {reason}.</source>
        <translation>El archivo {name} no se pudo escribir: {reason}.</translation>
    </message>
    <message>
        <source>Choose another place, or make room and give yourself permission to write there.</source>
        <translation>Elija otro sitio, o haga espacio y dese permiso para escribir allí.</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}.</translation>
    </message>
    <message>
        <source>See &apos;landmark-desktop --help&apos;.</source>
        <translation>Vea «landmark-desktop --help».</translation>
    </message>
    <message>
        <source>{name} was not reached because the run was cancelled.</source>
        <translation>{name} no llegó a su turno porque se canceló la operación.</translation>
    </message>
    <message>
        <source>Start the run again.</source>
        <translation>Inicie la operación de nuevo.</translation>
    </message>
</context>
<context>
    <name>FileActions</name>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>Hoja de cálculo (*.csv)</translation>
    </message>
    <message>
        <source>GeoJSON (*.geojson)</source>
        <translation>GeoJSON (*.geojson)</translation>
    </message>
    <message>
        <source>KML, for Google Earth (*.kml)</source>
        <translation>KML, para Google Earth (*.kml)</translation>
    </message>
    <message>
        <source>GPX waypoints (*.gpx)</source>
        <translation>Puntos GPX (*.gpx)</translation>
    </message>
    <message>
        <source>Export reviewed photos</source>
        <translation>Exportar fotos revisadas</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) exported to {0}.</source>
        <translation>
            <numerusform>%Ln foto exportada a {0}.</numerusform>
            <numerusform>%Ln fotos exportadas a {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out: this bundle knows no place for their landmarks.</source>
        <translation>
            <numerusform>%Ln omitida: este modelo no conoce el lugar de su monumento.</numerusform>
            <numerusform>%Ln omitidas: este modelo no conoce el lugar de sus monumentos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your system knows no program for {0}.</source>
        <translation>Su sistema no conoce ningún programa para {0}.</translation>
    </message>
    <message>
        <source>Choose one for such files in the settings of your desktop or its file manager.</source>
        <translation>Elija uno para esos archivos en las preferencias de su escritorio o de su gestor de archivos.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) got an answer from their files.</source>
        <translation>
            <numerusform>%Ln foto recibió una respuesta de sus archivos.</numerusform>
            <numerusform>%Ln fotos recibieron una respuesta de sus archivos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln speak of a place that is no landmark of this bundle.</source>
        <translation>
            <numerusform>%Ln habla de un lugar que no es un monumento de este modelo.</numerusform>
            <numerusform>%Ln hablan de un lugar que no es un monumento de este modelo.</numerusform>
        </translation>
    </message>
    <message>
        <source>The files of this photo say: {0}</source>
        <translation>Los archivos de esta foto dicen: {0}</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search file, landmark, city, country</source>
        <translation>Buscar archivo, monumento, ciudad, país</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>The order of the photos</source>
        <translation>El orden de las fotos</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Grupos</translation>
    </message>
    <message>
        <source>Put photos into groups; a group is accepted with one key (G)</source>
        <translation>Poner las fotos en grupos; un grupo se acepta con una tecla (G)</translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation>Tamaño de las miniaturas</translation>
    </message>
    <message>
        <source>Size of the tiles (Ctrl + wheel)</source>
        <translation>Tamaño de las miniaturas (Ctrl + rueda)</translation>
    </message>
    <message>
        <source>Folder and name</source>
        <translation>Carpeta y nombre</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Fecha de la toma</translation>
    </message>
    <message>
        <source>Most confident first</source>
        <translation>Las más seguras primero</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Las menos seguras primero</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Monumento</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Sin grupos</translation>
    </message>
    <message>
        <source>By landmark</source>
        <translation>Por monumento</translation>
    </message>
    <message>
        <source>By place</source>
        <translation>Por lugar</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Por día</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Dudoso</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Errores</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Todas las fotos</translation>
    </message>
    <message>
        <source>Photos that show a landmark, as far as the model can tell</source>
        <translation>Fotos que muestran un monumento, hasta donde el modelo puede decir</translation>
    </message>
    <message>
        <source>Photos whose guesses need your eyes</source>
        <translation>Fotos cuyas propuestas necesitan su mirada</translation>
    </message>
    <message>
        <source>Photos that show no landmark the model knows</source>
        <translation>Fotos que no muestran ningún monumento que el modelo conozca</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>Archivos que no se pudieron leer</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>at: {0}</source>
        <translation>en: {0}</translation>
    </message>
    <message>
        <source>in: {0}</source>
        <translation>dentro de: {0}</translation>
    </message>
    <message>
        <source>Only photos {0}. Click to show the others, too.</source>
        <translation>Solo fotos {0}. Haga clic para mostrar también las demás.</translation>
    </message>
    <message>
        <source>Only photos {0}; remove</source>
        <translation>Solo fotos {0}; quitar</translation>
    </message>
</context>
<context>
    <name>FirstTour</name>
    <message>
        <source>The model looks at every photo</source>
        <translation>El modelo mira cada foto</translation>
    </message>
    <message>
        <source>A filled disc is a landmark that it is sure of, a half disc wants your eyes, a ring is no landmark it knows: most photos are that. The buttons above the photos show one kind only.</source>
        <translation>Un disco lleno es un monumento del que está seguro, medio disco necesita su mirada, un anillo no es ningún monumento que conozca: así son la mayoría de las fotos. Los botones sobre las fotos muestran solo una clase.</translation>
    </message>
    <message>
        <source>You say whether it is right</source>
        <translation>Usted dice si es correcto</translation>
    </message>
    <message>
        <source>Enter accepts the first guess and goes on, 2 to 5 accept another one, Backspace says that there is no landmark, F finds any by its name, U takes your last answer back.</source>
        <translation>Intro acepta la primera propuesta y sigue, 2 a 5 aceptan otra, Retroceso dice que no hay monumento, F encuentra cualquiera por su nombre, U deshace su última respuesta.</translation>
    </message>
    <message>
        <source>Then the places are written</source>
        <translation>Después se escriben los lugares</translation>
    </message>
    <message>
        <source>Photo ▸ Write places (Ctrl+S) shows first what would be written, into sidecars beside the photos. Edit ▸ Runs takes it back, also weeks later.</source>
        <translation>Foto ▸ Escribir lugares (Ctrl+S) muestra primero lo que se escribiría, en archivos sidecar junto a las fotos. Editar ▸ Escrituras lo deshace, también semanas después.</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message>
        <source>Recent folders</source>
        <translation>Carpetas recientes</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln foto</numerusform>
            <numerusform>%Ln fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln still to be classified</source>
        <translation>
            <numerusform>%Ln por reconocer</numerusform>
            <numerusform>%Ln por reconocer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupHeaders</name>
    <message numerus="yes">
        <source>%Ln without an answer</source>
        <translation>
            <numerusform>%Ln sin respuesta</numerusform>
            <numerusform>%Ln sin respuesta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln foto</numerusform>
            <numerusform>%Ln fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>all answered</source>
        <translation>todas respondidas</translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation>contraído</translation>
    </message>
</context>
<context>
    <name>GuessBar</name>
    <message>
        <source>Guess {0}: {1}, {2}</source>
        <translation>Propuesta {0}: {1}, {2}</translation>
    </message>
</context>
<context>
    <name>Herald</name>
    <message numerus="yes">
        <source>%Ln photo(s) are classified.</source>
        <translation>
            <numerusform>%Ln foto está reconocida.</numerusform>
            <numerusform>%Ln fotos están reconocidas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Places are written into %Ln photo(s).</source>
        <translation>
            <numerusform>El lugar está escrito en %Ln foto.</numerusform>
            <numerusform>Los lugares están escritos en %Ln fotos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed.</source>
        <translation>
            <numerusform>%Ln fallo.</numerusform>
            <numerusform>%Ln fallos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were taken back or written again.</source>
        <translation>
            <numerusform>%Ln foto se deshizo o se escribió de nuevo.</numerusform>
            <numerusform>%Ln fotos se deshicieron o se escribieron de nuevo.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were copied or moved.</source>
        <translation>
            <numerusform>%Ln foto se copió o movió.</numerusform>
            <numerusform>%Ln fotos se copiaron o movieron.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>Arrow keys, Page Up, Page Down, Home and End move; Shift extends the selection, or moves a photo that is zoomed in.</source>
        <translation>Las flechas, Re Pág, Av Pág, Inicio y Fin mueven; Mayús amplía la selección, o desplaza una foto ampliada.</translation>
    </message>
</context>
<context>
    <name>LandmarkModel</name>
    <message>
        <source>no place known</source>
        <translation>sin lugar conocido</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Monumento</translation>
    </message>
    <message>
        <source>Local name</source>
        <translation>Nombre local</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ciudad</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>País</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Posición</translation>
    </message>
</context>
<context>
    <name>LandmarkPicker</name>
    <message>
        <source>Find a landmark</source>
        <translation>Buscar un monumento</translation>
    </message>
    <message>
        <source>Name, local name, city or country</source>
        <translation>Nombre, nombre local, ciudad o país</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Monumentos</translation>
    </message>
    <message>
        <source>No landmark of this bundle fits. Try fewer letters.</source>
        <translation>Ningún monumento de este modelo coincide. Pruebe con menos letras.</translation>
    </message>
    <message numerus="yes">
        <source>Enter accepts the landmark for %Ln photo(s)</source>
        <translation>
            <numerusform>Intro acepta el monumento para %Ln foto</numerusform>
            <numerusform>Intro acepta el monumento para %Ln fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LandmarkTable</name>
    <message>
        <source>Search landmark, city, country</source>
        <translation>Buscar monumento, ciudad, país</translation>
    </message>
    <message>
        <source>Search landmarks</source>
        <translation>Buscar monumentos</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Monumentos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln monumento</numerusform>
            <numerusform>%Ln monumentos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LargePreview</name>
    <message>
        <source>Large preview</source>
        <translation>Vista grande</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>Volver  Esc</translation>
    </message>
    <message>
        <source>Back to all photos</source>
        <translation>Volver a todas las fotos</translation>
    </message>
    <message>
        <source>The photo&apos;s own pixels, or the whole photo (Z)</source>
        <translation>Los píxeles propios de la foto, o la foto entera (Z)</translation>
    </message>
    <message>
        <source>← → other photo     Enter accept     1–5 guess     Backspace no landmark     + − Z 0 zoom</source>
        <translation>← → otra foto     Intro aceptar     1–5 propuesta     Retroceso ningún monumento     + − Z 0 zoom</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} de {1}</translation>
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
            <numerusform>%Ln foto</numerusform>
            <numerusform>%Ln fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln fallo</numerusform>
            <numerusform>%Ln fallos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln taken back</source>
        <translation>
            <numerusform>%Ln deshecha</numerusform>
            <numerusform>%Ln deshechas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%Ln folder(s) and file(s)</source>
        <translation>
            <numerusform>%Ln carpeta o archivo</numerusform>
            <numerusform>%Ln carpetas y archivos</numerusform>
        </translation>
    </message>
    <message>
        <source>Model bundles…</source>
        <translation>Modelos…</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>accepted</source>
        <translation>aceptado</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>propuesto</translation>
    </message>
    <message>
        <source>own GPS</source>
        <translation>GPS propio</translation>
    </message>
    <message>
        <source>near {0}</source>
        <translation>cerca de {0}</translation>
    </message>
    <message>
        <source>{0} accepted</source>
        <translation>{0} aceptadas</translation>
    </message>
    <message>
        <source>{0} suggested</source>
        <translation>{0} propuestas</translation>
    </message>
    <message>
        <source>{0} with a position of their own</source>
        <translation>{0} con posición propia</translation>
    </message>
</context>
<context>
    <name>MapPanel</name>
    <message>
        <source>No places yet. Landmarks that are recognised in your photos appear here.</source>
        <translation>Aún no hay lugares. Los monumentos reconocidos en sus fotos aparecen aquí.</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Acercar</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Acercar (+)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Alejar</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>Alejar (−)</translation>
    </message>
    <message>
        <source>Fit to photos</source>
        <translation>Ajustar a las fotos</translation>
    </message>
    <message>
        <source>Show all places of the photos (Home)</source>
        <translation>Mostrar todos los lugares de las fotos (Inicio)</translation>
    </message>
    <message>
        <source>Photos with their own GPS</source>
        <translation>Fotos con GPS propio</translation>
    </message>
    <message>
        <source>Also show photos without a landmark that have a GPS position of their own</source>
        <translation>Mostrar también fotos sin monumento que tienen una posición GPS propia</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map</source>
        <translation>Mapa</translation>
    </message>
</context>
<context>
    <name>NotificationBar</name>
    <message>
        <source>Notice</source>
        <translation>Aviso</translation>
    </message>
    <message>
        <source>Dismiss all</source>
        <translation>Cerrar todos</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Cerrar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln más</numerusform>
            <numerusform>%Ln más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>Open a folder</source>
        <translation>Abrir una carpeta</translation>
    </message>
    <message>
        <source>Open photos</source>
        <translation>Abrir fotos</translation>
    </message>
</context>
<context>
    <name>OrganiseDialog</name>
    <message>
        <source>Organise photos</source>
        <translation>Organizar fotos</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Folder that holds the new folders</source>
        <translation>Carpeta que contiene las carpetas nuevas</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>En la carpeta</translation>
    </message>
    <message>
        <source>Template of the folders</source>
        <translation>Plantilla de las carpetas</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Plantilla</translation>
    </message>
    <message>
        <source>Fields: {0}</source>
        <translation>Campos: {0}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Mover</translation>
    </message>
    <message>
        <source>Also photos without an accepted place</source>
        <translation>También fotos sin lugar aceptado</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Take a run back</source>
        <translation>Deshacer una operación</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vista previa</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Elegir una carpeta</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) to organise</source>
        <translation>
            <numerusform>%Ln foto por organizar</numerusform>
            <numerusform>%Ln fotos por organizar</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Looking where the photos go…</source>
        <translation>Buscando adónde van las fotos…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be moved</source>
        <translation>
            <numerusform>%Ln foto se moverá</numerusform>
            <numerusform>%Ln fotos se moverán</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be copied</source>
        <translation>
            <numerusform>%Ln foto se copiará</numerusform>
            <numerusform>%Ln fotos se copiarán</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln ya está allí</numerusform>
            <numerusform>%Ln ya están allí</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be organised</source>
        <translation>
            <numerusform>%Ln no se puede organizar</numerusform>
            <numerusform>%Ln no se pueden organizar</numerusform>
        </translation>
    </message>
    <message>
        <source>there is no room: {0} MB are needed, {1} MB are free</source>
        <translation>no hay sitio: hacen falta {0} MB, hay {1} MB libres</translation>
    </message>
    <message>
        <source>Organising…</source>
        <translation>Organizando…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) organised</source>
        <translation>
            <numerusform>%Ln foto organizada</numerusform>
            <numerusform>%Ln fotos organizadas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln foto como antes</numerusform>
            <numerusform>%Ln fotos como antes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left where they are</source>
        <translation>
            <numerusform>%Ln quedó donde está</numerusform>
            <numerusform>%Ln quedaron donde están</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) moved</source>
        <translation>
            <numerusform>%Ln foto movida</numerusform>
            <numerusform>%Ln fotos movidas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) copied</source>
        <translation>
            <numerusform>%Ln foto copiada</numerusform>
            <numerusform>%Ln fotos copiadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Bringing the photos back…</source>
        <translation>Devolviendo las fotos a su sitio…</translation>
    </message>
</context>
<context>
    <name>OrganiseModel</name>
    <message>
        <source>Is where it should be</source>
        <translation>Está donde debe estar</translation>
    </message>
    <message>
        <source>The same photo is there already</source>
        <translation>La misma foto ya está allí</translation>
    </message>
    <message>
        <source>Another photo has this name, so it gets a number</source>
        <translation>Otra foto se llama así, por eso recibe un número</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more file(s) go along</source>
        <translation>
            <numerusform>%Ln archivo más la acompaña</numerusform>
            <numerusform>%Ln archivos más la acompañan</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>As it was before</source>
        <translation>Como antes</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>To</source>
        <translation>A</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Notas</translation>
    </message>
</context>
<context>
    <name>PhotoFacts</name>
    <message>
        <source>Camera</source>
        <translation>Cámara</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objetivo</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Exposición</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Tomada</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
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
            <numerusform>Aceptar %Ln foto de este grupo</numerusform>
            <numerusform>Aceptar %Ln fotos de este grupo</numerusform>
        </translation>
    </message>
    <message>
        <source>Open this group</source>
        <translation>Abrir este grupo</translation>
    </message>
    <message>
        <source>Collapse this group</source>
        <translation>Contraer este grupo</translation>
    </message>
    <message>
        <source>Accept another guess</source>
        <translation>Aceptar otra propuesta</translation>
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
            <numerusform>Aceptar la primera propuesta de %Ln foto de este grupo</numerusform>
            <numerusform>Aceptar las primeras propuestas de %Ln fotos de este grupo</numerusform>
        </translation>
    </message>
    <message>
        <source>Click to open this group</source>
        <translation>Clic para abrir este grupo</translation>
    </message>
    <message>
        <source>Click to collapse this group</source>
        <translation>Clic para contraer este grupo</translation>
    </message>
</context>
<context>
    <name>PlaceModel</name>
    <message numerus="yes">
        <source>%Ln accepted</source>
        <translation>
            <numerusform>%Ln aceptada</numerusform>
            <numerusform>%Ln aceptadas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggested</source>
        <translation>
            <numerusform>%Ln propuesta</numerusform>
            <numerusform>%Ln propuestas</numerusform>
        </translation>
    </message>
    <message>
        <source>Place not known</source>
        <translation>Lugar desconocido</translation>
    </message>
</context>
<context>
    <name>PlanModel</name>
    <message>
        <source>Photo and field</source>
        <translation>Foto y campo</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Cannot be written</source>
        <translation>No se puede escribir</translation>
    </message>
    <message>
        <source>Already says all of it</source>
        <translation>Ya lo dice todo</translation>
    </message>
    <message>
        <source>{0} is changed</source>
        <translation>{0} se cambia</translation>
    </message>
    <message>
        <source>{0} is made</source>
        <translation>{0} se crea</translation>
    </message>
</context>
<context>
    <name>ProviderDialog</name>
    <message>
        <source>Where the model runs</source>
        <translation>Dónde se ejecuta el modelo</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automático</translation>
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
        <translation>Pedido</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>Cargado</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisión</translation>
    </message>
    <message>
        <source>The results are the same either way; a graphics card is only faster.</source>
        <translation>Los resultados son los mismos; una tarjeta gráfica solo es más rápida.</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Preferencias…</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>it is no sound ONNX file</source>
        <translation>no es un archivo ONNX correcto</translation>
    </message>
    <message>
        <source>it is no ONNX model with one graph and one set of operators</source>
        <translation>no es un modelo ONNX con un grafo y un conjunto de operadores</translation>
    </message>
    <message>
        <source>some of its numbers lie in another file</source>
        <translation>algunos de sus números están en otro archivo</translation>
    </message>
    <message>
        <source>it defines functions of its own</source>
        <translation>define funciones propias</translation>
    </message>
    <message>
        <source>it holds graphs for training</source>
        <translation>contiene grafos de entrenamiento</translation>
    </message>
    <message>
        <source>it has no pixels</source>
        <translation>no tiene píxeles</translation>
    </message>
    <message>
        <source>a raw file of a camera or kind that is not known</source>
        <translation>un archivo RAW de una cámara o un tipo desconocido</translation>
    </message>
    <message>
        <source>its header cannot be read</source>
        <translation>su cabecera no se puede leer</translation>
    </message>
    <message>
        <source>the graphics card has too little free memory</source>
        <translation>la tarjeta gráfica tiene muy poca memoria libre</translation>
    </message>
    <message>
        <source>its outputs have another shape</source>
        <translation>sus salidas tienen otra forma</translation>
    </message>
    <message>
        <source>it answered with NaN or infinity</source>
        <translation>respondió NaN o infinito</translation>
    </message>
    <message>
        <source>its answers are no probabilities</source>
        <translation>sus respuestas no son probabilidades</translation>
    </message>
    <message>
        <source>its activation maps have another shape</source>
        <translation>sus mapas de activación tienen otra forma</translation>
    </message>
    <message>
        <source>this program was packed without CUDA</source>
        <translation>este programa se empaquetó sin CUDA</translation>
    </message>
    <message>
        <source>the bundle&apos;s fp16 model is the faster one on a graphics card</source>
        <translation>la forma fp16 del modelo es la más rápida en una tarjeta gráfica</translation>
    </message>
    <message>
        <source>the bundle&apos;s int8 model is the faster one on the CPU</source>
        <translation>la forma int8 del modelo es la más rápida en la CPU</translation>
    </message>
    <message>
        <source>the bundle has no fp16 model, which would be the faster one on a graphics card</source>
        <translation>este modelo no tiene forma fp16, más rápida en una tarjeta gráfica</translation>
    </message>
    <message>
        <source>the bundle has no int8 model, which would be the faster one on the CPU</source>
        <translation>este modelo no tiene forma int8, más rápida en la CPU</translation>
    </message>
    <message>
        <source>the CPU was chosen in the settings</source>
        <translation>la CPU se eligió en las preferencias</translation>
    </message>
    <message>
        <source>CUDA does not exist on macOS</source>
        <translation>CUDA no existe en macOS</translation>
    </message>
    <message>
        <source>this ONNX Runtime build has no CUDA support</source>
        <translation>esta edición de ONNX Runtime no admite CUDA</translation>
    </message>
    <message>
        <source>ONNX Runtime could not load its CUDA libraries (CUDA or cuDNN is missing or of another version)</source>
        <translation>ONNX Runtime no pudo cargar sus bibliotecas CUDA (CUDA o cuDNN falta o es de otra versión)</translation>
    </message>
    <message>
        <source>no NVIDIA driver was found</source>
        <translation>no se encontró ningún controlador NVIDIA</translation>
    </message>
    <message>
        <source>this processor has no exact arithmetic for the bundle&apos;s int8 model (VNNI)</source>
        <translation>este procesador no tiene aritmética exacta para la forma int8 del modelo (VNNI)</translation>
    </message>
    <message>
        <source>it was changed while it was read</source>
        <translation>cambió mientras se leía</translation>
    </message>
    <message>
        <source>the PNG has no end</source>
        <translation>el PNG no tiene final</translation>
    </message>
    <message>
        <source>the WebP has no picture</source>
        <translation>el WebP no tiene imagen</translation>
    </message>
    <message>
        <source>it is a raw file</source>
        <translation>es un archivo RAW</translation>
    </message>
    <message>
        <source>it holds data that none of its directories knows</source>
        <translation>contiene datos que ninguno de sus directorios conoce</translation>
    </message>
    <message>
        <source>its picture data overlaps or is cut off</source>
        <translation>sus datos de imagen se solapan o están cortados</translation>
    </message>
    <message>
        <source>a JPEG segment is missing</source>
        <translation>falta un segmento JPEG</translation>
    </message>
    <message>
        <source>the JPEG has no picture</source>
        <translation>el JPEG no tiene imagen</translation>
    </message>
    <message>
        <source>a JPEG segment is cut off</source>
        <translation>un segmento JPEG está cortado</translation>
    </message>
    <message>
        <source>a PNG chunk is cut off</source>
        <translation>un bloque PNG está cortado</translation>
    </message>
    <message>
        <source>a WebP chunk is cut off</source>
        <translation>un bloque WebP está cortado</translation>
    </message>
    <message>
        <source>it is no valid XMP</source>
        <translation>no es XMP válido</translation>
    </message>
    <message>
        <source>its XMP cannot be written back</source>
        <translation>su XMP no se puede reescribir</translation>
    </message>
    <message>
        <source>it is no XMP</source>
        <translation>no es XMP</translation>
    </message>
    <message>
        <source>its text encoding is damaged</source>
        <translation>su codificación de texto está dañada</translation>
    </message>
    <message>
        <source>its XMP is damaged</source>
        <translation>su XMP está dañado</translation>
    </message>
    <message>
        <source>the disk gave back other bytes</source>
        <translation>el disco devolvió otros bytes</translation>
    </message>
    <message>
        <source>it is a TIFF of an unknown kind</source>
        <translation>es un TIFF de tipo desconocido</translation>
    </message>
    <message>
        <source>its TIFF directories cannot be followed</source>
        <translation>sus directorios TIFF no se pueden seguir</translation>
    </message>
    <message>
        <source>it has a TIFF tag of an unknown type</source>
        <translation>tiene un campo TIFF de tipo desconocido</translation>
    </message>
    <message>
        <source>a TIFF tag is cut off</source>
        <translation>un campo TIFF está cortado</translation>
    </message>
    <message>
        <source>a page has no picture</source>
        <translation>una página no tiene imagen</translation>
    </message>
    <message>
        <source>its strips are not all listed</source>
        <translation>no todas sus tiras están listadas</translation>
    </message>
    <message>
        <source>that is a photo&apos;s name</source>
        <translation>es el nombre de una foto</translation>
    </message>
    <message>
        <source>it is a file and no folder</source>
        <translation>es un archivo y no una carpeta</translation>
    </message>
</context>
<context>
    <name>ResultList</name>
    <message>
        <source>Results</source>
        <translation>Resultados</translation>
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
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Written and read back</source>
        <translation>Escrito y releído</translation>
    </message>
    <message>
        <source>As it was before</source>
        <translation>Como antes</translation>
    </message>
    <message>
        <source>Not written</source>
        <translation>No escrito</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En curso</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Current photo</source>
        <translation>Foto actual</translation>
    </message>
    <message>
        <source>Taken here (T)</source>
        <translation>Tomada aquí (T)</translation>
    </message>
    <message>
        <source>Also write the landmark&apos;s position as the estimated position of the camera.
</source>
        <translation>Escribir también la posición del monumento como posición estimada de la cámara.
</translation>
    </message>
    <message>
        <source>A photo that has GPS keeps its own, unless you confirm here that it is to be replaced.</source>
        <translation>Una foto con GPS conserva el suyo, salvo que confirme aquí que debe reemplazarse.</translation>
    </message>
    <message>
        <source>Accept  ⏎</source>
        <translation>Aceptar  ⏎</translation>
    </message>
    <message>
        <source>Accept the first guess</source>
        <translation>Aceptar la primera propuesta</translation>
    </message>
    <message>
        <source>No landmark  ⌫</source>
        <translation>Ninguno  ⌫</translation>
    </message>
    <message>
        <source>No landmark</source>
        <translation>Ningún monumento</translation>
    </message>
    <message>
        <source>Find…  F</source>
        <translation>Buscar…  F</translation>
    </message>
    <message>
        <source>Find a landmark by its name</source>
        <translation>Buscar un monumento por su nombre</translation>
    </message>
    <message>
        <source>No photo is selected</source>
        <translation>Ninguna foto seleccionada</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} de {1}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln seleccionada</numerusform>
            <numerusform>%Ln seleccionadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>No se puede leer</translation>
    </message>
    <message>
        <source>✓ Written</source>
        <translation>✓ Escrito</translation>
    </message>
    <message>
        <source>✎ Accepted, not written yet</source>
        <translation>✎ Aceptado, aún no escrito</translation>
    </message>
    <message>
        <source>✕ You said: no landmark</source>
        <translation>✕ Usted dijo: ningún monumento</translation>
    </message>
    <message>
        <source>The photo has GPS: {0}</source>
        <translation>La foto tiene GPS: {0}</translation>
    </message>
    <message>
        <source>✓ {0} from {1}: they agree</source>
        <translation>✓ A {0} de {1}: concuerdan</translation>
    </message>
    <message>
        <source>{0} from {1}</source>
        <translation>A {0} de {1}</translation>
    </message>
    <message>
        <source>⚠ {0} from {1}: too far to be true, so the GPS is kept</source>
        <translation>⚠ A {0} de {1}: demasiado lejos para ser cierto; se conserva el GPS</translation>
    </message>
    <message>
        <source>There is no guess that can be relied on; press 1 to 5 to pick one anyway.</source>
        <translation>Ninguna propuesta es fiable; pulse 1 a 5 para elegir una de todos modos.</translation>
    </message>
</context>
<context>
    <name>Reviewer</name>
    <message>
        <source>There is no such guess for this photo.</source>
        <translation>No hay tal propuesta para esta foto.</translation>
    </message>
    <message>
        <source>No photo that is shown has the verdict Landmark and waits for an answer.</source>
        <translation>Ninguna foto mostrada tiene el veredicto «Monumento» y espera respuesta.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) accepted. U takes it back.</source>
        <translation>
            <numerusform>%Ln foto aceptada. U lo deshace.</numerusform>
            <numerusform>%Ln fotos aceptadas. U lo deshace.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing in this group can be accepted at once.</source>
        <translation>Nada de este grupo se puede aceptar de una vez.</translation>
    </message>
    <message>
        <source>There is no place that could replace the photo’s GPS.</source>
        <translation>No hay ningún lugar que pueda reemplazar el GPS de la foto.</translation>
    </message>
    <message>
        <source>This photo could not be read.</source>
        <translation>Esta foto no se pudo leer.</translation>
    </message>
    <message>
        <source>This photo has no guesses yet.</source>
        <translation>Esta foto aún no tiene propuestas.</translation>
    </message>
    <message>
        <source>Nothing accepted: the model knows no landmark here. Press 1 to 5 to pick a guess anyway.</source>
        <translation>Nada aceptado: el modelo no conoce aquí ningún monumento. Pulse 1 a 5 para elegir una propuesta de todos modos.</translation>
    </message>
</context>
<context>
    <name>RunModel</name>
    <message>
        <source>Started</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Escritas</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallos</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Deshechas</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Carpetas</translation>
    </message>
</context>
<context>
    <name>RunsDialog</name>
    <message>
        <source>Runs</source>
        <translation>Escrituras</translation>
    </message>
    <message>
        <source>Every run can be taken back as a whole; files that were changed since are left alone.</source>
        <translation>Cada escritura se puede deshacer entera; los archivos cambiados desde entonces quedan como están.</translation>
    </message>
    <message>
        <source>Files of the run</source>
        <translation>Archivos de la escritura</translation>
    </message>
    <message>
        <source>Undo this run</source>
        <translation>Deshacer esta escritura</translation>
    </message>
    <message>
        <source>Undo chosen photos</source>
        <translation>Deshacer las fotos elegidas</translation>
    </message>
    <message>
        <source>Write again</source>
        <translation>Escribir de nuevo</translation>
    </message>
    <message>
        <source>Writes again what was undone, of the chosen photos or else of the whole run.</source>
        <translation>Escribe de nuevo lo deshecho, de las fotos elegidas o si no de toda la escritura.</translation>
    </message>
    <message>
        <source>Remove only what was written</source>
        <translation>Quitar solo lo escrito</translation>
    </message>
    <message>
        <source>Takes what was written of places and keywords out of files that were changed since; the rest stays.</source>
        <translation>Quita de los archivos cambiados desde entonces los lugares y palabras clave escritos; el resto queda.</translation>
    </message>
    <message>
        <source>Undo a folder…</source>
        <translation>Deshacer una carpeta…</translation>
    </message>
    <message>
        <source>Takes back all that any run wrote to the photos of a folder.</source>
        <translation>Deshace todo lo que alguna escritura puso en las fotos de una carpeta.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Aún no se ha escrito nada.</translation>
    </message>
    <message>
        <source>Undo all that was written in this folder</source>
        <translation>Deshacer todo lo escrito en esta carpeta</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) written again</source>
        <translation>
            <numerusform>%Ln foto escrita de nuevo</numerusform>
            <numerusform>%Ln fotos escritas de nuevo</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln foto como antes</numerusform>
            <numerusform>%Ln fotos como antes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone</source>
        <translation>
            <numerusform>%Ln sin tocar</numerusform>
            <numerusform>%Ln sin tocar</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Writing</source>
        <translation>Escritura</translation>
    </message>
    <message>
        <source>Write places into</source>
        <translation>Escribir lugares en</translation>
    </message>
    <message>
        <source>Sidecars leave the photo file itself untouched. Raw files other than DNG, and formats that cannot be embedded, get a sidecar either way.</source>
        <translation>Los archivos sidecar dejan intacta la foto. Los archivos RAW que no son DNG, y los formatos en los que no se puede incrustar, reciben siempre un sidecar.</translation>
    </message>
    <message>
        <source>a sidecar next to the photo</source>
        <translation>un sidecar junto a la foto</translation>
    </message>
    <message>
        <source>the photo file</source>
        <translation>el archivo de la foto</translation>
    </message>
    <message>
        <source>Name of new sidecars</source>
        <translation>Nombre de los sidecar nuevos</translation>
    </message>
    <message>
        <source>A folder that already uses one of the two keeps it.</source>
        <translation>Una carpeta que ya usa uno de los dos lo conserva.</translation>
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
        <translation>Fotos sin GPS: escribir también el monumento como posición estimada de la cámara</translation>
    </message>
    <message>
        <source>This is what puts a photo on the map in other programs. A photo that has GPS always keeps its own.</source>
        <translation>Eso es lo que pone una foto en el mapa de otros programas. Una foto con GPS conserva siempre el suyo.</translation>
    </message>
    <message>
        <source>Keep the modification time of photos that are written into</source>
        <translation>Conservar la fecha de modificación de las fotos en las que se escribe</translation>
    </message>
    <message>
        <source>Leave this off if digiKam or PhotoPrism should notice the change.</source>
        <translation>Déjelo desactivado si digiKam o PhotoPrism deben notar el cambio.</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Reconocimiento</translation>
    </message>
    <message>
        <source>Cautious … bold</source>
        <translation>Prudente … atrevido</translation>
    </message>
    <message>
        <source>Cautious calls fewer photos recognised and is right more often; bold is the other way round.</source>
        <translation>Prudente da menos fotos por reconocidas y acierta más; atrevido es al revés.</translation>
    </message>
    <message>
        <source>Model bundle</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>What the model can recognise. Others can be installed beside the one that came with the program.</source>
        <translation>Lo que el programa puede reconocer. Se pueden instalar otros junto al incluido.</translation>
    </message>
    <message>
        <source>Run the model on</source>
        <translation>Ejecutar el modelo en</translation>
    </message>
    <message>
        <source>Automatic takes CUDA where it loads, else the CPU.</source>
        <translation>Automático usa CUDA donde carga, si no la CPU.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automático</translation>
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
        <translation>Hilos del modelo</translation>
    </message>
    <message>
        <source>0 uses all cores, up to 16.</source>
        <translation>0 usa todos los núcleos, hasta 16.</translation>
    </message>
    <message>
        <source>Photos decoded at the same time</source>
        <translation>Fotos decodificadas a la vez</translation>
    </message>
    <message>
        <source>0 uses one worker for each core, up to 16.</source>
        <translation>0 usa un hilo por núcleo, hasta 16.</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Miniaturas</translation>
    </message>
    <message>
        <source>Space for thumbnails (MB)</source>
        <translation>Espacio para miniaturas (MB)</translation>
    </message>
    <message>
        <source>Folders that were open before show their tiles at once; 40 photos take about one MB. What was not seen for longest makes room.</source>
        <translation>Las carpetas abiertas antes muestran sus miniaturas al instante; 40 fotos ocupan alrededor de un MB. Lo que hace más tiempo que no se ve deja sitio.</translation>
    </message>
    <message>
        <source>Organising</source>
        <translation>Organizar</translation>
    </message>
    <message>
        <source>Offer to copy or move photos into folders by place and date</source>
        <translation>Ofrecer copiar o mover fotos a carpetas por lugar y fecha</translation>
    </message>
    <message>
        <source>Adds “Organise photos…” to the File menu. Every run can be taken back.</source>
        <translation>Añade «Organizar fotos…» al menú Archivo. Cada operación se puede deshacer.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>In force after the next start.</source>
        <translation>En vigor desde el próximo inicio.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Movimiento</translation>
    </message>
    <message>
        <source>Less motion lets the map jump instead of fly, and menus appear at once.</source>
        <translation>Con menos movimiento el mapa salta en vez de volar, y los menús aparecen al instante.</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Menos</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Ventana</translation>
    </message>
    <message>
        <source>Start with the folders of last time</source>
        <translation>Empezar con las carpetas de la última vez</translation>
    </message>
    <message>
        <source>With their filters, their order and the photo that was current.</source>
        <translation>Con sus filtros, su orden y la foto que era la actual.</translation>
    </message>
    <message>
        <source>Tell when long work ends while another window is in front</source>
        <translation>Avisar cuando acaba un trabajo largo con otra ventana delante</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Preferencias</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Restablecer todo</translation>
    </message>
    <message>
        <source>Give every setting its default</source>
        <translation>Devolver cada preferencia a su valor inicial</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>Restablecer {0}</translation>
    </message>
    <message>
        <source>Clear now</source>
        <translation>Vaciar ahora</translation>
    </message>
    <message>
        <source>Clear all thumbnails now</source>
        <translation>Borrar ahora todas las miniaturas</translation>
    </message>
    <message>
        <source>Model bundles…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>{0} MB are used now</source>
        <translation>Ahora se usan {0} MB</translation>
    </message>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln monumento</numerusform>
            <numerusform>%Ln monumentos</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking the bundle…</source>
        <translation>Comprobando el modelo…</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>El modelo se está cargando…</translation>
    </message>
    <message>
        <source>Open a folder to see here what the slider does to its photos.</source>
        <translation>Abra una carpeta para ver aquí lo que el regulador hace con sus fotos.</translation>
    </message>
    <message numerus="yes">
        <source>of %Ln that the model has looked at</source>
        <translation>
            <numerusform>de %Ln vista por el modelo</numerusform>
            <numerusform>de %Ln vistas por el modelo</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Would tag %Ln photo(s)</source>
        <translation>
            <numerusform>Escribiría el lugar de %Ln foto</numerusform>
            <numerusform>Escribiría el lugar de %Ln fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>, probably all of them right.</source>
        <translation>, probablemente todas correctas.</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln of them wrong.</source>
        <translation>
            <numerusform>unas %Ln de ellas errónea.</numerusform>
            <numerusform>unas %Ln de ellas erróneas.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Folders</source>
        <translation>Carpetas</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Lugares</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Escrituras</translation>
    </message>
    <message>
        <source>Open a folder to begin.</source>
        <translation>Abra una carpeta para empezar.</translation>
    </message>
    <message>
        <source>Landmarks that are recognised appear here.</source>
        <translation>Los monumentos reconocidos aparecen aquí.</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Aún no se ha escrito nada.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Show only this folder</source>
        <translation>Mostrar solo esta carpeta</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Buscar cambios</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Mostrar en el gestor de archivos</translation>
    </message>
    <message>
        <source>Close folder</source>
        <translation>Cerrar carpeta</translation>
    </message>
</context>
<context>
    <name>StartProblemDialog</name>
    <message>
        <source>Open the library’s folder</source>
        <translation>Abrir la carpeta de la biblioteca</translation>
    </message>
    <message>
        <source>Use another folder…</source>
        <translation>Usar otra carpeta…</translation>
    </message>
    <message>
        <source>For this start; the option --library chooses a place for good.</source>
        <translation>Para este inicio; la opción --library elige un sitio permanente.</translation>
    </message>
    <message>
        <source>Choose a folder for the library</source>
        <translation>Elegir una carpeta para la biblioteca</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>{0} (CUDA not used: why?)</source>
        <translation>{0} (sin CUDA: ¿por qué?)</translation>
    </message>
    <message numerus="yes">
        <source>Classify the remaining %Ln</source>
        <translation>
            <numerusform>Reconocer la %Ln restante</numerusform>
            <numerusform>Reconocer las %Ln restantes</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} de {1}</translation>
    </message>
    <message numerus="yes">
        <source>Looking for photos: %Ln found</source>
        <translation>
            <numerusform>Buscando fotos: %Ln encontrada</numerusform>
            <numerusform>Buscando fotos: %Ln encontradas</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused at {0}</source>
        <translation>En pausa en {0}</translation>
    </message>
    <message>
        <source>Classifying {0}</source>
        <translation>Reconociendo {0}</translation>
    </message>
    <message>
        <source>The model does not run, so nothing is classified.</source>
        <translation>El modelo no funciona, por eso no se reconoce nada.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln foto</numerusform>
            <numerusform>%Ln fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln accepted place(s) not written yet (Ctrl+S)</source>
        <translation>
            <numerusform>%Ln lugar aceptado aún no escrito (Ctrl+S)</numerusform>
            <numerusform>%Ln lugares aceptados aún no escritos (Ctrl+S)</numerusform>
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
        <translation>(como {0} mm en formato completo)</translation>
    </message>
    <message>
        <source>Accept {0}</source>
        <translation>Aceptar {0}</translation>
    </message>
    <message>
        <source>No landmark</source>
        <translation>Ningún monumento</translation>
    </message>
    <message>
        <source>No place</source>
        <translation>Sin lugar</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>Sin fecha</translation>
    </message>
    <message>
        <source>The drive that holds this photo is not connected.</source>
        <translation>La unidad que contiene esta foto no está conectada.</translation>
    </message>
    <message>
        <source>Settings ▸ Run the model on ▸ Automatic tries the graphics card again.</source>
        <translation>Preferencias ▸ Ejecutar el modelo en ▸ Automático prueba de nuevo la tarjeta gráfica.</translation>
    </message>
    <message>
        <source>With an NVIDIA graphics card: install NVIDIA’s driver and start the program again. Without one there is nothing to do.</source>
        <translation>Con una tarjeta gráfica NVIDIA: instale el controlador de NVIDIA e inicie de nuevo el programa. Sin ella no hay que hacer nada.</translation>
    </message>
    <message>
        <source>Restart the computer; a driver that was just updated is another one than the kernel’s.</source>
        <translation>Reinicie el ordenador; un controlador recién actualizado no es el del núcleo.</translation>
    </message>
    <message>
        <source>This build of the program uses the processor only. An installation from source on a computer with an NVIDIA driver gets the build for graphics cards.</source>
        <translation>Esta edición del programa usa solo el procesador. Una instalación desde las fuentes en un ordenador con controlador NVIDIA recibe la edición para tarjetas gráficas.</translation>
    </message>
    <message>
        <source>There is nothing to do: on macOS the processor is the way to go.</source>
        <translation>No hay que hacer nada: en macOS el procesador es el camino.</translation>
    </message>
    <message>
        <source>Install the program from source again: it brings the versions of CUDA and cuDNN that belong together.</source>
        <translation>Instale de nuevo el programa desde las fuentes: trae las versiones de CUDA y cuDNN que van juntas.</translation>
    </message>
    <message>
        <source>The model runs on the graphics card (CUDA).</source>
        <translation>El modelo se ejecuta en la tarjeta gráfica (CUDA).</translation>
    </message>
    <message>
        <source>The model runs on the processor (CPU): {0}.</source>
        <translation>El modelo se ejecuta en el procesador (CPU): {0}.</translation>
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
        <translation>{0} pies</translation>
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
        <translation>El modelo no conoce el lugar de este monumento</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Monumento</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Dudoso</translation>
    </message>
    <message>
        <source>No known landmark</source>
        <translation>Ningún monumento conocido</translation>
    </message>
    <message>
        <source>The model hesitates, but the photo was taken there: its GPS is {0} away.</source>
        <translation>El modelo duda, pero la foto se tomó allí: su GPS está a {0}.</translation>
    </message>
    <message>
        <source>Confident, but the photo’s GPS is {0} away: one of the two is wrong.</source>
        <translation>Seguro, pero el GPS de la foto está a {0}: uno de los dos es falso.</translation>
    </message>
    <message>
        <source>Confident, and clearly ahead of the second guess.</source>
        <translation>Seguro, y claramente por delante de la segunda propuesta.</translation>
    </message>
    <message>
        <source>The first guess stays below the {0} that counts as recognised.</source>
        <translation>La primera propuesta queda por debajo del {0} que cuenta como reconocido.</translation>
    </message>
    <message>
        <source>The first two guesses are too close to each other.</source>
        <translation>Las dos primeras propuestas están demasiado cerca una de otra.</translation>
    </message>
    <message>
        <source>The photo looks unlike every landmark the model knows. Most photos show none; that is fine.</source>
        <translation>La foto no se parece a ningún monumento que el modelo conozca. La mayoría no muestran ninguno; es normal.</translation>
    </message>
    <message>
        <source>No guess reaches {0}. Most photos show no known landmark; that is fine.</source>
        <translation>Ninguna propuesta alcanza {0}. La mayoría de las fotos no muestran ningún monumento conocido; es normal.</translation>
    </message>
    <message>
        <source>no landmark</source>
        <translation>ningún monumento</translation>
    </message>
    <message>
        <source>accepted, written</source>
        <translation>aceptado, escrito</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>aceptado</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>dudoso</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>sin conexión</translation>
    </message>
    <message>
        <source>its GPS agrees</source>
        <translation>su GPS concuerda</translation>
    </message>
    <message>
        <source>its GPS is far away</source>
        <translation>su GPS está lejos</translation>
    </message>
    <message>
        <source>has GPS</source>
        <translation>tiene GPS</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>queda menos de un minuto</translation>
    </message>
    <message>
        <source>{0} min left</source>
        <translation>quedan {0} min</translation>
    </message>
    <message>
        <source>{0} h {1} min left</source>
        <translation>quedan {0} h {1} min</translation>
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
        <translation>Saltar la visita</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Paso {0} de {1}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Find the landmarks in your photos</source>
        <translation>Encuentre los monumentos en sus fotos</translation>
    </message>
    <message>
        <source>Everything happens on this computer. Nothing is uploaded, and no pixel of a photo ever changes.</source>
        <translation>Todo ocurre en este ordenador. No se sube nada, y ningún píxel de una foto cambia nunca.</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Abrir una carpeta</translation>
    </message>
    <message>
        <source>or drop folders and photos anywhere on this window</source>
        <translation>o suelte carpetas y fotos en cualquier parte de esta ventana</translation>
    </message>
    <message>
        <source>Recognise</source>
        <translation>Reconocer</translation>
    </message>
    <message>
        <source>Every photo gets guesses, and an honest “none” where there is none.</source>
        <translation>Cada foto recibe propuestas, y un «ninguno» honesto donde no hay ninguno.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisar</translation>
    </message>
    <message>
        <source>Accept, pick another or reject, all from the keyboard.</source>
        <translation>Aceptar, elegir otra o rechazar, todo con el teclado.</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Escribir</translation>
    </message>
    <message>
        <source>See what will be written, then write places into standard metadata.</source>
        <translation>Vea lo que se escribirá y luego escriba los lugares en metadatos estándar.</translation>
    </message>
    <message>
        <source>Open {0} again</source>
        <translation>Abrir {0} de nuevo</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>There is no guess to explain.</source>
        <translation>No hay ninguna propuesta que explicar.</translation>
    </message>
    <message>
        <source>Looking for what speaks for {0}…</source>
        <translation>Buscando qué habla por {0}…</translation>
    </message>
    <message>
        <source>Nothing in this photo speaks for {0}.</source>
        <translation>Nada en esta foto habla por {0}.</translation>
    </message>
    <message>
        <source>The lighter the colour, the more speaks for {0}.</source>
        <translation>Cuanto más claro el color, más habla por {0}.</translation>
    </message>
</context>
<context>
    <name>WriteDialog</name>
    <message>
        <source>Write places</source>
        <translation>Escribir lugares</translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation>Lo que se escribirá</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Undo this run</source>
        <translation>Deshacer esta escritura</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Escribir</translation>
    </message>
    <message>
        <source>Shown is not taken</source>
        <translation>Mostrado no es tomado</translation>
    </message>
    <message>
        <source>A recognised landmark says what the photo shows. Where the camera stood is an estimate from it; it is written, marked as an estimate, only into photos without GPS, and only where “taken here” is on. That puts the photo on the map in other programs. A photo that has GPS keeps its own.</source>
        <translation>Un monumento reconocido dice lo que muestra la foto. Dónde estaba la cámara es una estimación a partir de él; se escribe, marcada como estimación, solo en fotos sin GPS, y solo donde «Tomada aquí» está activado. Eso pone la foto en el mapa de otros programas. Una foto con GPS conserva el suyo.</translation>
    </message>
    <message>
        <source>Reading what the files say now…</source>
        <translation>Leyendo lo que dicen ahora los archivos…</translation>
    </message>
    <message numerus="yes">
        <source>Write %Ln file(s)</source>
        <translation>
            <numerusform>Escribir %Ln archivo</numerusform>
            <numerusform>Escribir %Ln archivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) will be tagged</source>
        <translation>
            <numerusform>%Ln foto recibirá su lugar</numerusform>
            <numerusform>%Ln fotos recibirán su lugar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s)</source>
        <translation>
            <numerusform>%Ln campo</numerusform>
            <numerusform>%Ln campos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln already complete</source>
        <translation>
            <numerusform>%Ln ya completa</numerusform>
            <numerusform>%Ln ya completas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be written</source>
        <translation>
            <numerusform>%Ln no se puede escribir</numerusform>
            <numerusform>%Ln no se pueden escribir</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing, and reading back what was written…</source>
        <translation>Escribiendo, y releyendo lo escrito…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) tagged</source>
        <translation>
            <numerusform>Lugar escrito en %Ln foto</numerusform>
            <numerusform>Lugares escritos en %Ln fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed; the originals are untouched</source>
        <translation>
            <numerusform>%Ln fallo; el original está intacto</numerusform>
            <numerusform>%Ln fallos; los originales están intactos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try %Ln photo(s) again</source>
        <translation>
            <numerusform>Reintentar %Ln foto</numerusform>
            <numerusform>Reintentar %Ln fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Taking back what this run wrote…</source>
        <translation>Deshaciendo lo que puso esta escritura…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) as before</source>
        <translation>
            <numerusform>%Ln foto como antes</numerusform>
            <numerusform>%Ln fotos como antes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone</source>
        <translation>
            <numerusform>%Ln sin tocar</numerusform>
            <numerusform>%Ln sin tocar</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Something went wrong; Edit ▸ Runs shows what was written.</source>
        <translation>Algo ha fallado; Editar ▸ Escrituras muestra lo que se escribió.</translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%Ln landmark(s)</source>
        <translation>
            <numerusform>%Ln monumento</numerusform>
            <numerusform>%Ln monumentos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln más</numerusform>
            <numerusform>%Ln más</numerusform>
        </translation>
    </message>
</context>
</TS>
